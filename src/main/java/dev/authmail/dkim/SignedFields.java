package dev.authmail.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which fields are signed. RFC 6376 §5.4.1, RFC 8058 §4, RFC 3834.
 *
 * <p>A field that says who wrote what to whom, or how the body is to be read, is named once more than it occurs: then
 * nobody can add a second From, Subject or Content-Type that a reader would see and the signature would not cover
 * (RFC 6376 §8.15). Return-Path, Received, Comments, Keywords and Bcc are never signed.
 */
final class SignedFields {
    private static final Map<String, String> OVER_SIGNED = names(
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
    private static final Map<String, String> SIGNED = names(
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
        Map<String, Integer> counts = new HashMap<>();
        message.fields().forEach(field -> counts.merge(field.name(), 1, Integer::sum));
        List<String> names = new ArrayList<>();
        OVER_SIGNED.forEach((name, lower) -> add(names, name, counts.getOrDefault(lower, 0) + 1));
        SIGNED.forEach((name, lower) -> add(names, name, counts.getOrDefault(lower, 0)));
        return names;
    }

    private static void add(List<String> names, String name, int times) {
        for (int i = 0; i < times; i++) {
            names.add(name);
        }
    }

    /** As it is written, and as it is compared. */
    private static Map<String, String> names(String... names) {
        Map<String, String> lower = new LinkedHashMap<>();
        for (String name : names) {
            lower.put(name, name.toLowerCase(Locale.ROOT));
        }
        return lower;
    }
}
