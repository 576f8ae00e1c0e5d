package dev.authmail.dkim;

import dev.authmail.dns.RecordProblem;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a key record as its owner should write it. RFC 6376 §3.6.1, RFC 8301 §3.2, RFC 8463 §4. */
public final class KeyRecordCheck {
    private static final int GOOD_RSA_BITS = 2048;

    private final String text;
    private final List<RecordProblem> problems = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private KeyRecordCheck(String text) {
        this.text = text;
    }

    /**
     * What became of reading a record.
     *
     * @param values what it says: the type of the key, its bits, whether it is revoked or being tested
     * @param problems what is wrong, in the order of the text where that can be
     */
    public record Reading(Map<String, Object> values, List<RecordProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /** Reads a record, the strings of its TXT record joined. */
    public static Reading read(String text) {
        KeyRecordCheck check = new KeyRecordCheck(text);
        check.read(StrictTagList.parse(text, 0, check.problems));
        return new Reading(check.values, check.problems);
    }

    private void read(StrictTagList tags) {
        if (tags.has("v") && !text.stripLeading().matches("(?s)v[ \\t\\r\\n]*=[ \\t\\r\\n]*DKIM1[ \\t\\r\\n]*(;.*)?")) {
            error(tags, "v", "v= is not DKIM1, or not the first tag", "begin with v=DKIM1;");
        } else if (!tags.has("v")) {
            warn(0, "there is no v=", "begin with v=DKIM1;");
        }
        values.put("keyType", tags.value("k", "rsa"));
        values.put("testing", flags(tags).contains("y"));
        values.put("revoked", tags.has("p") && tags.value("p", "").isEmpty());
        key(tags);
        use(tags);
    }

    private static List<String> flags(StrictTagList tags) {
        return list(tags, "t", "");
    }

    private static List<String> list(StrictTagList tags, String name, String otherwise) {
        return new TagList(Map.of(name, tags.value(name, otherwise))).list(name, otherwise);
    }

    private void key(StrictTagList tags) {
        if (!tags.has("p")) {
            problems.add(
                    RecordProblem.error(text.length(), "there is no p=, the key", "write p= and the key in base64"));
            return;
        }
        if (!tags.value("k", "rsa").matches("rsa|ed25519")) {
            error(tags, "k", "k= names a key type that no verifier knows", "write k=rsa or k=ed25519");
            return;
        }
        if (tags.value("p", "").isEmpty()) {
            warn(
                    tags.valueAt("p", 0),
                    "the key is revoked: signatures with it fail",
                    "publish a key when you want to sign");
            return;
        }
        switch (PublicKeys.read(tags.value("k", "rsa"), tags.value("p", ""))) {
            case Parsed.Bad<PublicKey> bad ->
                error(
                        tags,
                        bad.reason().startsWith("k=") ? "k" : "p",
                        bad.reason(),
                        "publish what authmail keygen dkim prints");
            case Parsed.Good<PublicKey>(PublicKey key) -> size(tags, key);
        }
    }

    private void size(StrictTagList tags, PublicKey key) {
        int bits = key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 256;
        values.put("bits", bits);
        if (key instanceof RSAKey && bits < GOOD_RSA_BITS) {
            warn(tags.valueAt("p", 0), "an RSA key of " + bits + " bits is weak", "use 2048 bits (RFC 8301 §3.2)");
        }
    }

    private void use(StrictTagList tags) {
        if (tags.has("h") && !list(tags, "h", "").contains("sha256")) {
            warn(tags.valueAt("h", 0), "h= does not allow sha256, so no signature fits", "remove h=");
        }
        List<String> services = list(tags, "s", "*");
        if (!services.contains("*") && !services.contains("email")) {
            warn(tags.valueAt("s", 0), "s= says that the key is not for mail", "remove s=");
        }
        if (flags(tags).contains("y")) {
            warn(tags.valueAt("t", 0), "t=y: the domain is testing DKIM", "remove t=y once signatures verify");
        }
        if (tags.has("g")) {
            warn(tags.valueAt("g", 0), "g= was removed by RFC 6376", "remove it");
        }
    }

    private void error(StrictTagList tags, String tag, String what, String mend) {
        problems.add(RecordProblem.error(tags.valueAt(tag, 0), what, mend));
    }

    private void warn(int at, String what, String mend) {
        problems.add(RecordProblem.warning(at, what, mend));
    }
}
