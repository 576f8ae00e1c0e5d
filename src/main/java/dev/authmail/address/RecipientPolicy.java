package dev.authmail.address;

import java.util.regex.Pattern;

/**
 * Which addresses sign-up mail is sent to: narrower than the syntax. What it refuses is in practice a typing mistake or
 * an attempt to reach a host inside the network.
 */
public final class RecipientPolicy {
    // RFC 1123 §2.1: the highest label is alphabetic; xn-- labels came later.
    private static final Pattern TOP_LABEL = Pattern.compile("[a-z]+|xn--[a-z0-9-]+");

    /**
     * Reads an address as a person typed it and applies the policy.
     *
     * @param text the address, as published in the event
     */
    public ParsedAddress parse(String text) {
        return switch (MailAddress.parse(text)) {
            case ParsedAddress.Invalid invalid -> invalid;
            case ParsedAddress.Valid valid
            when text.startsWith("\"") ->
                new ParsedAddress.Invalid("has a quoted local part: valid by RFC 5321, but mail is not sent to those");
            case ParsedAddress.Valid valid -> reachable(valid);
        };
    }

    private static ParsedAddress reachable(ParsedAddress.Valid valid) {
        var domain = valid.address().domain();
        if (domain.isAddressLiteral()) {
            return new ParsedAddress.Invalid(
                    "has an IP address in the place of the domain: mail is sent to names only");
        }
        int dot = domain.ascii().lastIndexOf('.');
        if (dot < 0) {
            return new ParsedAddress.Invalid("has a domain without a dot: mail is sent to full domain names only");
        }
        return TOP_LABEL.matcher(domain.ascii().substring(dot + 1)).matches()
                ? valid
                : new ParsedAddress.Invalid("has a domain whose last label no top-level domain can have");
    }
}
