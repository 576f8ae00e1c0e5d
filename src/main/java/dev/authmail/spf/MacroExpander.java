package dev.authmail.spf;

import dev.authmail.address.IpAddress;
import dev.authmail.spf.MacroString.Literal;
import dev.authmail.spf.MacroString.Macro;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Puts values in the place of macros. RFC 7208 §7.2, §7.3. */
final class MacroExpander {
    private static final String UNRESERVED = "-._~";

    private final SpfQuery query;
    private final String receiver;
    private final Instant now;
    private final Function<String, String> validatedName;

    /**
     * @param validatedName the validated name of the client for a domain, or {@code unknown}: the {@code p} macro, which
     *     asks the DNS
     */
    MacroExpander(SpfQuery query, String receiver, Instant now, Function<String, String> validatedName) {
        this.query = query;
        this.receiver = receiver;
        this.now = now;
        this.validatedName = validatedName;
    }

    /** Whether a text needs the sender's local part, and that is not ASCII, so that no name can hold it. RFC 8616 §4. */
    boolean cannotBeAName(MacroString text) {
        return text.uses("sl") && !Names.isAscii(query.localPart());
    }

    /** @param domain the current one, for {@code %{d}} */
    String expand(MacroString text, String domain) {
        StringBuilder out = new StringBuilder();
        for (MacroString.Part part : text.parts()) {
            switch (part) {
                case Literal literal -> out.append(literal.text());
                case Macro macro -> out.append(expand(macro, domain));
            }
        }
        return out.toString();
    }

    private String expand(Macro macro, String domain) {
        String value = transformed(macro, value(macro.letter(), domain));
        return macro.escaped() ? percentEncoded(value) : value;
    }

    private String value(char letter, String domain) {
        return switch (letter) {
            case 's' -> query.localPart() + "@" + senderDomain();
            case 'l' -> query.localPart();
            case 'o' -> senderDomain();
            case 'd' -> domain;
            case 'i' -> dotted();
            case 'p' -> validatedName.apply(domain);
            case 'v' -> query.client().getAddress().length == 4 ? "in-addr" : "ip6";
            case 'h' -> query.helo();
            case 'c' -> IpAddress.text(query.client());
            case 'r' -> receiver;
            case 't' -> Long.toString(now.getEpochSecond());
            default -> throw new IllegalStateException("no macro has the letter " + letter);
        };
    }

    private String senderDomain() {
        return Names.start(query.domain()).orElse(query.domain());
    }

    /** The address as labels in their natural order: {@code 192.0.2.1}, or 32 nibbles. */
    private String dotted() {
        List<String> labels = new ArrayList<>(
                List.of(IpAddress.nibbles(query.client().getAddress()).split("\\.", -1)));
        Collections.reverse(labels);
        return String.join(".", labels);
    }

    private static String transformed(Macro macro, String value) {
        List<String> parts = split(value, macro.delimiters());
        if (macro.reversed()) {
            Collections.reverse(parts);
        }
        int from = macro.parts() == 0 ? 0 : Math.max(0, parts.size() - macro.parts());
        return String.join(".", parts.subList(from, parts.size()));
    }

    private static List<String> split(String value, String delimiters) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            if (delimiters.indexOf(value.charAt(i)) >= 0) {
                parts.add(value.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(value.substring(from));
        return parts;
    }

    private static String percentEncoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }
}
