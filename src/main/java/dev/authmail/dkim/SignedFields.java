package dev.authmail.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which fields are signed. RFC 6376 §5.4.1, RFC 8058 §4, RFC 3834.
 *
 * <p>A field that says who wrote what to whom, or how the body is to be read, is named once more than it occurs: then
 * nobody can add a second From, Subject or Content-Type that a reader would see and the signature would not cover
 * (RFC 6376 §8.15). Return-Path, Received, Comments, Keywords and Bcc are never signed.
 */
final class SignedFields {
    private static final List<String> OVER_SIGNED = List.of(
            "From",
            "To",
            "Cc",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding");

    /** Signed when they are there; a relay or list that adds one does no harm. */
    private static final List<String> SIGNED = List.of(
            "Sender",
            "Auto-Submitted",
            "Content-Language",
            "Feedback-ID",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "TLS-Required");

    private SignedFields() {}

    /** The entries of {@code h=} for a message. */
    static List<String> of(MessageOctets message) {
        List<String> names = new ArrayList<>();
        OVER_SIGNED.forEach(name -> add(names, name, count(message, name) + 1));
        SIGNED.forEach(name -> add(names, name, count(message, name)));
        return names;
    }

    private static long count(MessageOctets message, String name) {
        return message.count(name.toLowerCase(Locale.ROOT));
    }

    private static void add(List<String> names, String name, long times) {
        Stream.generate(() -> name).limit(times).forEach(names::add);
    }
}
