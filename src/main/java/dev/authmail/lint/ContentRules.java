package dev.authmail.lint;

import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the reader sees: text, HTML, links. */
final class ContentRules {
    private static final int CLIPPED_AT = 102 * 1024;
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'）」』]+");

    private ContentRules() {}

    static void check(RawMail mail, MimeMessage parsed, Findings findings) {
        Optional<MimePart> html = part(parsed, "text/html");
        Optional<MimePart> text = part(parsed, "text/plain");
        findings.addWhen(
                html.isPresent() && text.isEmpty(),
                LintRule.TEXT_PART,
                "there is HTML and no plain text",
                "add a text/plain part that says the same");
        LinkRules links = new LinkRules(authorDomain(mail), findings);
        text.ifPresent(part -> urls(part.text()).forEach(url -> links.check(url, url)));
        html.ifPresent(part -> html(part, links, findings));
    }

    private static Optional<MimePart> part(MimeMessage parsed, String type) {
        return parsed.parts().stream().filter(p -> p.type().is(type)).findFirst();
    }

    private static String authorDomain(RawMail mail) {
        return mail.first("from").map(Mailboxes::of).orElse(List.of()).stream()
                .map(Mailboxes.Mailbox::domain)
                .findFirst()
                .orElse("");
    }

    private static List<String> urls(String text) {
        return LINK.matcher(text).results().map(m -> m.group()).toList();
    }

    private static void html(MimePart part, LinkRules links, Findings findings) {
        findings.addWhen(
                part.octets().length > CLIPPED_AT,
                LintRule.SIZE,
                "the HTML has " + part.octets().length + " octets",
                "keep it below " + CLIPPED_AT);
        HtmlPage page = HtmlPage.of(source(part));
        findings.addWhen(
                !page.unbalanced().isEmpty(),
                LintRule.HTML_VALID,
                "elements are not opened and closed alike: "
                        + String.join(", ", page.unbalanced().stream().sorted().toList()),
                "close what is opened");
        findings.addWhen(
                !page.active().isEmpty(),
                LintRule.HTML_ACTIVE,
                "the HTML has "
                        + String.join(", ", page.active().stream().sorted().toList())
                        + ", which mailboxes remove or distrust",
                "remove it");
        findings.addWhen(
                page.hasHiddenText(),
                LintRule.HIDDEN_CONTENT,
                "the HTML holds words that are not seen",
                "show or remove them");
        page.links()
                .forEach(
                        link -> links.check(unescaped(link.href()), link.shown().toString()));
    }

    /** The HTML itself; {@link MimePart#text} would be its words alone. */
    private static String source(MimePart part) {
        String charset = part.type().parameter("charset").orElse("utf-8");
        try {
            return new String(part.octets(), Charset.forName(charset));
        } catch (IllegalArgumentException e) {
            return new String(part.octets(), StandardCharsets.UTF_8);
        }
    }

    static String unescaped(String attribute) {
        Matcher entity = Pattern.compile("&(?:amp|#38|#x26);").matcher(attribute);
        return entity.replaceAll("&");
    }
}
