package dev.authmail.command;

import dev.authmail.doctor.Finding;
import dev.authmail.doctor.ScoreCard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the doctor found, as one page that can be mailed to a colleague: no script, nothing from the network. */
final class DoctorHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s: can its mail arrive?</title><style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; }
            p.time { margin-top: 0; opacity: .7; }
            section { border-left: .4rem solid; padding: .4rem 1rem; margin: .6rem 0; border-radius: .2rem; }
            section p { margin: .2rem 0; overflow-wrap: anywhere; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem; background: #8882; border-radius: .2rem; }
            .fine { border-color: #2a8f4f; } .advice { border-color: #2b7bb9; } .unknown { border-color: #8a5fb5; }
            .warning { border-color: #c98a00; } .failure { border-color: #c8322b; }
            .word { font-weight: 700; text-transform: uppercase; font-size: .8rem; letter-spacing: .04em; }
            table { border-collapse: collapse; width: 100%%; } th, td { text-align: left; padding: .3rem .6rem .3rem 0;
            border-bottom: 1px solid #8884; vertical-align: top; }
            </style></head><body><h1>%1$s</h1><p class="time">%2$s</p>
            """;

    private DoctorHtml() {}

    /** @param time when it was examined, for people */
    static String page(String subject, List<Finding> findings, String time) {
        return HEAD.formatted(escaped(subject), escaped(time))
                + findings.stream().map(DoctorHtml::section).collect(Collectors.joining())
                + "<h2>What providers demand in public</h2>" + scores(findings) + "</body></html>\n";
    }

    private static String section(Finding finding) {
        StringBuilder out = new StringBuilder();
        String word = finding.status().word();
        out.append("<section class=\"")
                .append(word)
                .append("\"><p><span class=\"word\">")
                .append(word)
                .append("</span> ");
        out.append(escaped(finding.check()))
                .append(" · ")
                .append(escaped(finding.subject()))
                .append("</p>\n<p>");
        out.append(escaped(finding.found())).append("</p>\n");
        paragraph(out, "Wanted: ", finding.expected());
        paragraph(out, "Who cares: ", finding.providers());
        if (!finding.publish().isEmpty()) {
            out.append("<p>Publish:</p><pre>")
                    .append(escaped(String.join("\n", finding.publish())))
                    .append("</pre>\n");
        }
        return out.append("</section>\n").toString();
    }

    private static void paragraph(StringBuilder out, String label, String text) {
        if (!text.isEmpty()) {
            out.append("<p>").append(label).append(escaped(text)).append("</p>\n");
        }
    }

    private static String scores(List<Finding> findings) {
        Map<String, String> rows = new LinkedHashMap<>();
        ScoreCard.of(findings)
                .forEach(score -> rows.merge(
                        score.provider(),
                        escaped(score.demand()) + ": <b>" + score.status().word() + "</b>",
                        (a, b) -> a + "<br>" + b));
        return rows.entrySet().stream()
                .map(e -> "<tr><th>" + escaped(e.getKey()) + "</th><td>" + e.getValue() + "</td></tr>\n")
                .collect(Collectors.joining("", "<table>", "</table>"));
    }

    /** Texts come from the DNS, where anybody writes. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
