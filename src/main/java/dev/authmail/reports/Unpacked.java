package dev.authmail.reports;

/**
 * What a file or mail held.
 *
 * @see Unpacker
 */
public sealed interface Unpacked {
    /** What it was in, from outside to inside, such as {@code eml+gzip}; the kind of document when it lay bare. */
    String container();

    /** An XML document. */
    record Xml(String container, byte[] octets) implements Unpacked {}

    /** A JSON document. */
    record Json(String container, byte[] octets) implements Unpacked {}

    /**
     * Something that is no report, or could not be unpacked.
     *
     * @param reason a sentence without a full stop
     */
    record Unusable(String container, String reason) implements Unpacked {}
}
