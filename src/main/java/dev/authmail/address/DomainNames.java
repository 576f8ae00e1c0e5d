package dev.authmail.address;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;

/** Turns a domain name into lower-case A-labels. RFC 5890, RFC 5891, UTS 46. */
final class DomainNames {
    // Longer than any Unicode form of 253 octets of A-labels can sensibly be; spares IDNA the rest.
    private static final int MAX_CHARS = 1000;
    private static final int MAX_LABEL_OCTETS = 63;
    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.USE_STD3_RULES);

    private DomainNames() {}

    static ParsedDomain parse(String text) {
        if (text.isEmpty()) {
            return new ParsedDomain.Invalid("has no domain");
        }
        if (text.length() > MAX_CHARS) {
            return tooLong();
        }
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString();
        var errors = EnumSet.noneOf(IDNA.Error.class);
        errors.addAll(info.getErrors());
        // RFC 5891 §4.2.3.1 bars "--" there for U-labels only; c--n.com and r1---sn.example are names in use.
        errors.remove(IDNA.Error.HYPHEN_3_4);
        return errors.isEmpty() ? checked(ascii) : new ParsedDomain.Invalid(rule(errors));
    }

    private static ParsedDomain checked(String ascii) {
        if (ascii.length() > Domain.MAX_OCTETS) {
            return tooLong();
        }
        for (var label : ascii.split("\\.", -1)) {
            if (label.isEmpty()) {
                return new ParsedDomain.Invalid("has a domain with an empty label (a dot too many)");
            }
            if (label.length() > MAX_LABEL_OCTETS) {
                return labelTooLong();
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                return hyphen();
            }
        }
        // What IDNA let through is letters, digits, hyphens and dots: STD3 rules were asked for.
        return new ParsedDomain.Valid(new Domain(ascii));
    }

    private static String rule(Set<IDNA.Error> errors) {
        return switch (errors.iterator().next()) {
            case EMPTY_LABEL -> "has a domain with an empty label (a dot too many)";
            case LABEL_TOO_LONG -> labelTooLong().rule();
            case DOMAIN_NAME_TOO_LONG -> tooLong().rule();
            case LEADING_HYPHEN, TRAILING_HYPHEN, HYPHEN_3_4 -> hyphen().rule();
            case LEADING_COMBINING_MARK -> "has a domain label that begins with a combining mark";
            case DISALLOWED, LABEL_HAS_DOT -> "has a character in its domain that no domain name can hold";
            case PUNYCODE, INVALID_ACE_LABEL -> "has a domain label xn--… that does not decode";
            case BIDI, CONTEXTJ, CONTEXTO_PUNCTUATION, CONTEXTO_DIGITS ->
                "has a domain that breaks the rules for right-to-left or joining characters";
        };
    }

    private static ParsedDomain.Invalid tooLong() {
        return new ParsedDomain.Invalid("has a domain longer than 253 octets");
    }

    private static ParsedDomain.Invalid labelTooLong() {
        return new ParsedDomain.Invalid("has a domain label longer than 63 octets");
    }

    private static ParsedDomain.Invalid hyphen() {
        return new ParsedDomain.Invalid("has a domain label that begins or ends with a hyphen");
    }
}
