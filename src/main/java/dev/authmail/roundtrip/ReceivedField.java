package dev.authmail.roundtrip;

import dev.authmail.address.IpAddress;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one server says of how it got a mail. RFC 5321 §4.4; each kind of server writes it in its own way.
 *
 * @param from what it says of its client, the client's own words among it; empty when it does not say
 * @param client the address it came from, as the server saw it
 * @param by the server's name; empty when it does not say
 * @param protocol such as {@code ESMTPSA}, in upper case (RFC 3848); empty when it does not say
 * @param tls whether the field says that TLS was used
 */
public record ReceivedField(String from, Optional<InetAddress> client, String by, String protocol, boolean tls) {
    private static final int MAX_LENGTH = 4_000;
    private static final Pattern COMMENT = Pattern.compile("\\(([^()]*)\\)");
    /** What the client calls itself; it may be an address, and need not be true. */
    private static final Pattern HELO = Pattern.compile("(?i)\\b(?:helo|ehlo)[ =]\\S+");

    private static final Pattern BRACKETS = Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})]");
    private static final Pattern BARE = Pattern.compile("(?<![\\w.:-])([0-9A-Fa-f:.]{2,45})(?![\\w.:-])");
    private static final Pattern BY = Pattern.compile("(?i)\\sby\\s");
    private static final Pattern CLAUSE = Pattern.compile("(?i)\\s(by|with)\\s+([^\\s;()]+)");
    private static final Pattern TLS_PROTOCOL = Pattern.compile("(?:UTF8)?(?:E?SMTP|LMTP)SA?");
    private static final Pattern TLS_WORDS = Pattern.compile("(?i)\\bTLS ?v?1|version=TLS|cipher=");

    /** Reads a field's value, folded or not. Never fails: what is not understood is empty. */
    public static ReceivedField parse(String value) {
        String text =
                " " + value.substring(0, Math.min(value.length(), MAX_LENGTH)).replaceAll("\\s+", " ");
        String bare = withoutComments(text);
        String protocol = clause(bare, "with").toUpperCase(Locale.ROOT);
        boolean tls = TLS_PROTOCOL.matcher(protocol).matches()
                || TLS_WORDS.matcher(text).find();
        String from = fromClause(text);
        return new ReceivedField(from, client(from), clause(bare, "by"), protocol, tls);
    }

    private static String withoutComments(String text) {
        String before = text;
        String after = COMMENT.matcher(before).replaceAll("");
        while (!after.equals(before)) {
            before = after;
            after = COMMENT.matcher(before).replaceAll("");
        }
        return after;
    }

    private static String clause(String bare, String word) {
        Matcher clauses = CLAUSE.matcher(bare);
        while (clauses.find()) {
            if (clauses.group(1).equalsIgnoreCase(word)) {
                return clauses.group(2);
            }
        }
        return "";
    }

    private static String fromClause(String text) {
        if (!text.regionMatches(true, 0, " from ", 0, 6)) {
            return "";
        }
        Matcher by = BY.matcher(text);
        return by.find() ? text.substring(6, by.start()) : text.substring(6);
    }

    /** The server's own words stand in parentheses; before them stands what the client said. */
    private static Optional<InetAddress> client(String from) {
        String seen = HELO.matcher(from).replaceAll("");
        int comment = seen.indexOf('(');
        if (comment >= 0) {
            String words = seen.substring(comment);
            return first(BRACKETS, words).or(() -> first(BARE, words));
        }
        return first(BRACKETS, seen);
    }

    private static Optional<InetAddress> first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(found -> IpAddress.parse(found.group(1)).stream())
                .findFirst();
    }

    /** Whether its client's address means something outside of the client's own network. */
    public boolean hasPublicClient() {
        return client.isPresent() && !IpAddress.isPrivate(client.get());
    }
}
