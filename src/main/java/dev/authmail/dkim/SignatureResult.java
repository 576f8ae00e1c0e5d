package dev.authmail.dkim;

/**
 * What came of one signature.
 *
 * @param domain the value of {@code d=} as written, at most 255 characters; empty when there is none; hostile
 * @param selector the value of {@code s=}, likewise
 * @param algorithm the value of {@code a=}, likewise
 * @param result never {@link DkimResult#NONE}
 * @param reason one clause in English
 */
public record SignatureResult(String domain, String selector, String algorithm, DkimResult result, String reason) {
    static SignatureResult of(TagList tags, Verdict verdict) {
        return new SignatureResult(
                shown(tags, "d"), shown(tags, "s"), shown(tags, "a"), verdict.result(), verdict.reason());
    }

    private static String shown(TagList tags, String name) {
        String value = TagList.withoutSpace(tags.get(name, ""));
        return value.length() <= 255 ? value : value.substring(0, 255);
    }
}
