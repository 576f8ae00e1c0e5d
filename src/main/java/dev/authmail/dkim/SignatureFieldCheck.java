package dev.authmail.dkim;

import dev.authmail.dns.RecordProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a DKIM-Signature field as a signer should write it. RFC 6376 §3.5, RFC 8616 §4. */
public final class SignatureFieldCheck {
    private static final String NAME = "dkim-signature:";
    private static final int SHA256_OCTETS = 32;

    private final List<RecordProblem> problems = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private SignatureFieldCheck() {}

    /**
     * What became of reading a field.
     *
     * @param values its tags as written
     * @param problems what is wrong
     */
    public record Reading(Map<String, Object> values, List<RecordProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a field.
     *
     * @param text from its name to the CRLF that ends it
     * @param utf8 whether the mail may hold UTF-8 in its header (RFC 6532)
     */
    public static Reading read(String text, boolean utf8) {
        SignatureFieldCheck check = new SignatureFieldCheck();
        check.field(text, utf8);
        return new Reading(check.values, check.problems);
    }

    private void field(String text, boolean utf8) {
        if (!text.regionMatches(true, 0, NAME, 0, NAME.length())) {
            error(0, "not a DKIM-Signature field", "begin with DKIM-Signature:");
            return;
        }
        if (!text.endsWith("\r\n")) {
            error(text.length(), "the field does not end in CRLF", "end it with CRLF");
            return;
        }
        String list = text.substring(NAME.length(), text.length() - 2);
        StrictTagList tags = StrictTagList.parse(list, NAME.length(), problems);
        tags.tags().forEach((name, tag) -> values.put(name, tag.value()));
        rules(tags, text.length());
        tags.tags().forEach((name, tag) -> characters(name, tag, utf8));
    }

    private void rules(StrictTagList tags, int end) {
        Map<String, String> plain = new LinkedHashMap<>();
        tags.tags().forEach((name, tag) -> plain.put(name, tag.value()));
        if (SignatureReader.read(new TagList(plain)) instanceof Parsed.Bad<DkimSignature>(String reason)) {
            int equals = reason.indexOf('=');
            String tag = equals < 0 ? "a" : reason.substring(0, equals);
            error(tags.valueAt(tag, end), reason, "see RFC 6376 §3.5");
        }
        Optional<byte[]> hash = Base64Text.decode(tags.value("bh", ""));
        if (tags.has("bh") && hash.map(h -> h.length != SHA256_OCTETS).orElse(false)) {
            error(tags.valueAt("bh", end), "bh= is no SHA-256, which has 32 octets", "write the hash of the body");
        }
    }

    /** RFC 8616 §4: A-labels in d= and s=; UTF-8 only in i=, of a mail that may hold it. */
    private void characters(String name, StrictTagList.Tag tag, boolean utf8) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(tag.value())) {
            return;
        }
        if (name.equals("d") || name.equals("s")) {
            error(tag.valueAt(), name + "= is not ASCII", "write A-labels (xn--…)");
        } else if (!utf8) {
            error(tag.valueAt(), name + "= is not ASCII, in a mail without SMTPUTF8", "write ASCII");
        }
    }

    private void error(int at, String what, String mend) {
        problems.add(RecordProblem.error(at, what, mend));
    }
}
