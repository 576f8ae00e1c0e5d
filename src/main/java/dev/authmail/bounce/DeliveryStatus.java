package dev.authmail.bounce;

import dev.authmail.mime.HeaderFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The machine-readable part of a delivery report, or the same fields where they stand in a text. RFC 3464 §2, RFC 6533 §4.
 *
 * @param message the fields about the whole message
 * @param recipients the fields about each recipient
 */
record DeliveryStatus(HeaderFields message, List<HeaderFields> recipients) {
    private static final int MAX_LINES = 20_000;
    private static final int MAX_RECIPIENTS = 1000;
    private static final Set<String> PER_RECIPIENT = Set.of(
            "final-recipient",
            "original-recipient",
            "action",
            "status",
            "diagnostic-code",
            "remote-mta",
            "last-attempt-date",
            "will-retry-until",
            "x-actual-recipient",
            "localized-recipient");
    private static final Set<String> NAMES_RECIPIENT = Set.of("final-recipient", "original-recipient");
    private static final Set<String> PER_MESSAGE =
            Set.of("reporting-mta", "original-envelope-id", "dsn-gateway", "received-from-mta", "arrival-date");
    private static final Pattern MARK = Pattern.compile("(?im)^[ \\t]{0,8}(?:final|original)-recipient[ \\t]{0,4}:");

    DeliveryStatus {
        recipients = List.copyOf(recipients);
    }

    /** Whether a text holds such fields. */
    static boolean isIn(String text) {
        return MARK.matcher(text).find();
    }

    /**
     * Reads the fields, in one text or among other lines. Groups are told by their fields and not by empty lines alone: some
     * write empty lines into a group, or none between two.
     */
    static DeliveryStatus read(String text) {
        Reader reader = new Reader();
        text.lines().limit(MAX_LINES).forEach(reader::line);
        reader.end();
        return new DeliveryStatus(new HeaderFields(reader.message), reader.groups);
    }

    Optional<String> reportingMta() {
        return message.first("Reporting-MTA");
    }

    private static final class Reader {
        private final List<HeaderFields.Field> message = new ArrayList<>();
        private final List<HeaderFields> groups = new ArrayList<>();
        private List<HeaderFields.Field> group = new ArrayList<>();
        private final Set<String> known = new HashSet<>();
        private final List<String> field = new ArrayList<>();
        private boolean gap;
        private boolean afterGap;

        void line(String line) {
            if (line.isBlank()) {
                endField();
                gap = true;
                return;
            }
            String name = name(line);
            if (PER_RECIPIENT.contains(name) || PER_MESSAGE.contains(name)) {
                endField();
                afterGap = gap;
                gap = false;
                field.add(line.stripLeading());
            } else if (HeaderFields.beginsField(line) && !line.startsWith("5") && !line.startsWith("4")) {
                endField();
            } else if (!field.isEmpty()) {
                field.add(" " + line);
            } else if (gap && line.matches("[245]\\d\\d[ -].*")) {
                // A reply whose lines an empty one tore from the field before them.
                continueDiagnostic(line);
            }
        }

        private static String name(String line) {
            int colon = line.indexOf(':');
            return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        }

        private void continueDiagnostic(String line) {
            if (!group.isEmpty() && group.getLast().name().equalsIgnoreCase("Diagnostic-Code")) {
                HeaderFields.Field last = group.removeLast();
                group.add(new HeaderFields.Field(last.name(), last.value() + " " + line.strip()));
            }
        }

        private void endField() {
            if (field.isEmpty()) {
                return;
            }
            HeaderFields.Field read = HeaderFields.of(field).all().getFirst();
            field.clear();
            String name = read.name().toLowerCase(Locale.ROOT);
            if (PER_MESSAGE.contains(name)) {
                message.add(read);
                return;
            }
            boolean another = afterGap && NAMES_RECIPIENT.contains(name) && namesRecipient();
            if (another || known.contains(name)) {
                flush();
            }
            known.add(name);
            group.add(read);
        }

        private boolean namesRecipient() {
            return known.stream().anyMatch(NAMES_RECIPIENT::contains);
        }

        void end() {
            endField();
            flush();
        }

        private void flush() {
            if (namesRecipient() && groups.size() < MAX_RECIPIENTS) {
                groups.add(new HeaderFields(group));
            }
            group = new ArrayList<>();
            known.clear();
        }
    }
}
