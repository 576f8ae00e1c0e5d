package dev.authmail.page;

import java.util.List;
import java.util.stream.Collectors;

/** The page as HTML: tables, the routes as a picture, and links to sample mails. */
public final class OperatorPage {
    /** Nothing runs, nothing is fetched, nobody frames it. CSP Level 3. */
    public static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none';"
            + " base-uri 'none'; form-action 'none'";

    /** The same for sample mails, which may show pictures that stand in them; their links lead nowhere. */
    public static final String POLICY_OF_MAILS = POLICY + "; img-src data:; sandbox";

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem; }
            h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; }
            p.time { margin: 0; opacity: .75; }
            table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0;
            border-bottom: 1px solid #8886; overflow-wrap: anywhere; max-width: 45rem; }
            .picture { overflow-x: auto; } svg { max-width: none; }
            svg text { font: 12px ui-monospace, monospace; fill: currentColor; } svg text.name { font-weight: 700; }
            svg text.from { opacity: .75; } svg rect { fill: #8882; stroke: currentColor; }
            svg .stopped rect { stroke: #c8322b; stroke-width: 3; }
            svg .edge { fill: none; stroke: currentColor; opacity: .45; } svg marker path { fill: currentColor; }
            """;

    private OperatorPage() {}

    /** A link to another page of ours. */
    public record Link(String text, String path) {}

    /**
     * The page.
     *
     * @param title what runs here
     * @param time when it was made, for people
     * @param tables in order
     * @param routes for the picture
     * @param mails sample mails
     */
    public static String of(String title, String time, List<Table> tables, List<RouteBox> routes, List<Link> mails) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\""
                + " content=\"no-referrer\"><title>" + Html.escaped(title) + "</title><style>" + STYLE
                + "</style></head><body>"
                + "<h1>" + Html.escaped(title) + "</h1><p class=\"time\">" + Html.escaped(time) + "</p>\n"
                + tables.stream().map(OperatorPage::section).collect(Collectors.joining())
                + "<h2>Routes</h2><div class=\"picture\">" + RoutePicture.of(routes) + "</div>\n"
                + "<h2>Mails</h2><p>"
                + mails.stream().map(OperatorPage::link).collect(Collectors.joining(" · ")) + "</p></body></html>\n";
    }

    private static String section(Table table) {
        String heading = "<h2>" + Html.escaped(table.heading()) + "</h2>";
        if (table.rows().isEmpty()) {
            return heading + "<p>" + Html.escaped(table.nothing()) + "</p>\n";
        }
        return heading + "<table>" + row("th", table.columns())
                + table.rows().stream().map(cells -> row("td", cells)).collect(Collectors.joining()) + "</table>\n";
    }

    private static String row(String kind, List<String> cells) {
        return cells.stream()
                .map(cell -> "<" + kind + ">" + Html.escaped(cell) + "</" + kind + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String link(Link link) {
        return "<a href=\"" + Html.escaped(link.path()) + "\">" + Html.escaped(link.text()) + "</a>";
    }
}
