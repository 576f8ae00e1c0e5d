package dev.authmail.dkim;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a signature from its tags, and says which rule the first bad tag breaks. RFC 6376 §3.5, §6.1.1. */
final class SignatureReader {
    private static final List<String> REQUIRED = List.of("v", "a", "b", "bh", "d", "h", "s");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,76}");
    private static final Pattern ENCODED = Pattern.compile("=([0-9A-F]{2})");
    private static final List<Function<TagList, Optional<String>>> RULES = List.of(
            SignatureReader::missing,
            tags -> fault(!tags.get("v", "").equals("1"), "v= is not 1"),
            SignatureReader::badAlgorithm,
            tags -> fault(form(tags, 0).isEmpty() || form(tags, 1).isEmpty(), "c= names an unknown canonicalization"),
            tags -> fault(domain(tags).isEmpty(), "d= is not a domain name"),
            tags -> fault(selector(tags).isEmpty(), "s= is not a selector"),
            SignatureReader::badSignedFields,
            SignatureReader::badAgent,
            tags -> fault(!tags.list("q", "dns/txt").contains("dns/txt"), "q= does not offer dns/txt"),
            SignatureReader::badNumbers,
            tags -> fault(isNoBase64(tags, "bh"), "bh= is not base64"),
            tags -> fault(isNoBase64(tags, "b"), "b= is not base64"));

    private SignatureReader() {}

    static Parsed<DkimSignature> read(TagList tags) {
        return RULES.stream()
                .flatMap(rule -> rule.apply(tags).stream())
                .findFirst()
                .<Parsed<DkimSignature>>map(Parsed.Bad::new)
                .orElseGet(() -> new Parsed.Good<>(signature(tags)));
    }

    private static DkimSignature signature(TagList tags) {
        String domain = domain(tags).orElseThrow();
        return new DkimSignature(
                DkimAlgorithm.fromTag(tags.get("a", "")).orElseThrow(),
                domain,
                selector(tags).orElseThrow(),
                agentDomain(tags).orElse(domain),
                form(tags, 0).orElseThrow(),
                form(tags, 1).orElseThrow(),
                tags.list("h", ""),
                TagList.withoutSpace(tags.get("bh", "")),
                number(tags, "l", Long.MAX_VALUE),
                number(tags, "t", 0),
                number(tags, "x", Long.MAX_VALUE),
                TagList.withoutSpace(tags.get("b", "")));
    }

    private static Optional<String> fault(boolean broken, String reason) {
        return broken ? Optional.of(reason) : Optional.empty();
    }

    private static Optional<String> missing(TagList tags) {
        return REQUIRED.stream()
                .filter(name -> tags.get(name, "").isEmpty())
                .findFirst()
                .map(name -> name + "= is missing or empty");
    }

    private static Optional<String> badAlgorithm(TagList tags) {
        String algorithm = tags.get("a", "");
        // RFC 8301 §3.1: rsa-sha1 MUST NOT be used for verifying.
        boolean sha1 = algorithm.equals("rsa-sha1");
        String reason = sha1 ? "rsa-sha1 proves nothing any more (RFC 8301)" : "a= names an unknown algorithm";
        return fault(DkimAlgorithm.fromTag(algorithm).isEmpty(), reason);
    }

    /** RFC 6376 §3.5: "simple" for the body when only the form of the header is named, and for both by default. */
    private static Optional<Canonicalization> form(TagList tags, int part) {
        String[] forms = tags.get("c", "simple/simple").split("/", -1);
        if (forms.length > 2) {
            return Optional.empty();
        }
        return Canonicalization.fromTag(part < forms.length ? forms[part].strip() : "simple");
    }

    private static Optional<String> domain(TagList tags) {
        return DomainText.aLabels(TagList.withoutSpace(tags.get("d", "")));
    }

    private static Optional<String> selector(TagList tags) {
        return DomainText.aLabels(TagList.withoutSpace(tags.get("s", "")));
    }

    private static Optional<String> badSignedFields(TagList tags) {
        List<String> names = tags.list("h", "");
        if (names.stream().anyMatch(String::isEmpty)) {
            return Optional.of("h= holds an empty name");
        }
        // RFC 6376 §6.1.1: without From the signature says nothing about the author.
        return fault(names.stream().noneMatch(n -> n.toLowerCase(Locale.ROOT).equals("from")), "h= does not sign From");
    }

    private static Optional<String> badAgent(TagList tags) {
        if (!tags.has("i")) {
            return Optional.empty();
        }
        String domain = domain(tags).orElse("");
        return fault(
                agentDomain(tags).filter(d -> DomainText.isWithin(d, domain)).isEmpty(), "i= is not within d=");
    }

    private static Optional<String> agentDomain(TagList tags) {
        return tags.get("i")
                .map(i -> decoded(TagList.withoutSpace(i)))
                .filter(i -> i.contains("@"))
                .flatMap(i -> DomainText.aLabels(i.substring(i.lastIndexOf('@') + 1)));
    }

    /** dkim-quoted-printable; only what is ASCII matters for the domain. RFC 6376 §2.11. */
    private static String decoded(String text) {
        return ENCODED.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(new String(
                        new byte[] {(byte) Integer.parseInt(m.group(1), 16)}, StandardCharsets.ISO_8859_1)));
    }

    private static Optional<String> badNumbers(TagList tags) {
        Optional<String> noNumber = Stream.of("l", "t", "x")
                .filter(name ->
                        tags.get(name).map(v -> !DIGITS.matcher(v).matches()).orElse(false))
                .findFirst()
                .map(name -> name + "= is not a number");
        // RFC 6376 §3.5: x= MUST be greater than t=.
        return noNumber.or(() -> fault(
                tags.has("x") && tags.has("t") && number(tags, "x", 0) <= number(tags, "t", 0),
                "x= is not later than t="));
    }

    /** A number too large for a long is as good as none: the end of time, the whole body. */
    private static long number(TagList tags, String name, long otherwise) {
        String digits = tags.get(name, "");
        if (digits.isEmpty()) {
            return otherwise;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static boolean isNoBase64(TagList tags, String name) {
        return Base64Text.decode(tags.get(name, "")).isEmpty();
    }
}
