package dev.authmail.bounce;

import dev.authmail.bounce.BounceRulesReader.Sections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What mails that come back look like: data, {@code rules/bounces.yaml}. */
public final class BounceRules {
    private static final String SHIPPED = "/rules/bounces.yaml";

    /** A kind of evidence about a mail as a whole. The word in the file is the name with dashes. */
    enum Mark {
        /** Senders of reports: in From, Sender, Return-Path. */
        REPORT_SENDER,
        /** Subjects of reports. */
        REPORT_SUBJECT,
        /** Words that only a report has. */
        REPORT_TEXT,
        /** Subjects of automatic answers. */
        AUTOREPLY_SUBJECT,
        /** Words of automatic answers. */
        AUTOREPLY_TEXT,
        /** Fields of automatic answers, written {@code Name: value}. */
        AUTOREPLY_FIELD,
        /** Words by which a challenge demands a confirmation. */
        CHALLENGE_TEXT,
        /** It is still tried. */
        DELAYED_TEXT,
        /** It is given up, though it was late. */
        FAILED_TEXT,
        /** It was delivered or read. */
        DELIVERED_TEXT,
        /** A person's program says that it was read. */
        RECEIPT_TEXT,
        /** A complaint in words of its own. */
        COMPLAINT_TEXT,
        /** A line that repeats a field of our mail. */
        OUR_FIELD,
        /** A line with which the returned message begins. */
        RETURNED_LINE
    }

    /**
     * A form in which a notice names a recipient.
     *
     * @param id its name
     * @param line found in a line; its groups hold the address
     * @param after found in the lines before, if that matters
     * @param loose whether an address of staff, such as postmaster, is not meant
     * @param most a form that finds more addresses than this has found something else
     * @param local whether it holds a local part alone, of the domain that sent the notice
     */
    record RecipientForm(String id, Pattern line, @Nullable Pattern after, boolean loose, int most, boolean local) {}

    private final Sections sections;

    BounceRules(Sections sections) {
        this.sections = sections;
    }

    /** The rules in the jar. */
    public static BounceRules shipped() {
        try (InputStream in = BounceRules.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path");
            }
            return read(SHIPPED.substring(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a rule file.
     *
     * @param file its name, for messages
     * @param yaml its text
     * @throws IllegalArgumentException naming the file, the place and what is wrong
     */
    public static BounceRules read(String file, String yaml) {
        return new BounceRules(new BounceRulesReader(file).read(yaml));
    }

    /** Whether one of the patterns is found. */
    boolean isIn(Mark mark, String text) {
        return found(mark, text).isPresent();
    }

    Optional<String> found(Mark mark, String text) {
        return sections.marks(mark).stream()
                .map(p -> p.matcher(text))
                .filter(m -> m.find())
                .map(m -> m.group())
                .findFirst();
    }

    List<RecipientForm> recipientForms() {
        return sections.forms();
    }

    boolean isStaff(String address) {
        return sections.staff().matcher(address).find();
    }
}
