package dev.authmail.lint;

import dev.authmail.address.IpAddress;
import dev.authmail.psl.PublicSuffixes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where links lead, and whether they say so. Findings name hosts, never whole links: they are secrets. */
final class LinkRules {
    private static final Set<String> SHORTENERS = Set.of(
            "bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "lnkd.in", "x.gd");
    private static final Pattern SHOWN_HOST = Pattern.compile(
            "(?i)^\\s*(?:https?://|www\\.)([a-z0-9.-]+)|^\\s*([a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,})(?:/\\S*)?\\s*$");

    private final String author;
    private final Findings findings;

    /** @param author the domain in From */
    LinkRules(String author, Findings findings) {
        this.author = author;
        this.findings = findings;
    }

    /**
     * Checks one link.
     *
     * @param href where it leads
     * @param shown the words that the reader sees
     */
    void check(String href, String shown) {
        if (href.startsWith("mailto:") || href.startsWith("tel:") || href.startsWith("#")) {
            return;
        }
        Optional<URI> uri = uri(href);
        if (uri.isEmpty() || uri.get().getHost() == null) {
            findings.add(LintRule.LINK_SCHEME, "a link is no URL with a host", "write https://… in full");
            return;
        }
        host(uri.get());
        shown(uri.get().getHost().toLowerCase(Locale.ROOT), shown);
    }

    private static Optional<URI> uri(String href) {
        try {
            return Optional.of(new URI(href.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private void host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean local = host.equals("localhost");
        findings.addWhen(
                !"https".equalsIgnoreCase(uri.getScheme()) && !local,
                LintRule.LINK_SCHEME,
                "a link to " + host + " is not https",
                "link by https");
        if (IpAddress.octets(host.replaceAll("[\\[\\]]", "")).isPresent()) {
            findings.add(LintRule.LINK_ADDRESS, "a link names an IP address", "link to a host name");
            return;
        }
        findings.addWhen(
                SHORTENERS.contains(host), LintRule.LINK_HOST, "a link goes through " + host, "link to your own host");
        findings.addWhen(
                !local && !SHORTENERS.contains(host) && !organization(host).equals(organization(author)),
                LintRule.LINK_HOST,
                "links lead to " + host + ", the author is at " + author,
                "use one domain for both, so that a reader can see that they belong together");
        Domains.check(host, "the host of a link", findings);
    }

    private static String organization(String domain) {
        return PublicSuffixes.registrable(domain).orElse(domain).toLowerCase(Locale.ROOT);
    }

    private void shown(String host, String shown) {
        findings.addWhen(
                shown.isBlank(),
                LintRule.LINK_VISIBLE,
                "a link shows no words",
                "write what it is for, or give the picture an alt");
        Matcher m = SHOWN_HOST.matcher(shown);
        if (m.find()) {
            String told = m.group(1) == null ? m.group(2) : m.group(1);
            String without = told.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
            boolean same = host.equals(without) || host.equals("www." + without);
            findings.addWhen(
                    !same,
                    LintRule.LINK_TEXT,
                    "a link shows the host " + without + " and leads to " + host,
                    "show where it leads");
        }
    }
}
