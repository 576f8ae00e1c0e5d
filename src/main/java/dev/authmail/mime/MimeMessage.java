package dev.authmail.mime;

import java.util.List;

/**
 * A mail: its header and the leaves of its MIME tree in their order.
 *
 * @param fields its header; none when a body came alone
 * @param type what it says it is
 * @param parts the leaves; a message within is one leaf
 * @param complete whether all of it was read and kept; false when a limit was met
 */
public record MimeMessage(HeaderFields fields, ContentType type, List<MimePart> parts, boolean complete) {
    public MimeMessage {
        parts = List.copyOf(parts);
    }
}
