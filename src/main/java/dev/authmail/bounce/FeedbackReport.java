package dev.authmail.bounce;

import dev.authmail.mime.HeaderFields;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine-readable part of a complaint. RFC 5965 §3. */
record FeedbackReport(HeaderFields fields) {
    private static final Pattern MARK = Pattern.compile("(?im)^Feedback-Type[ \\t]{0,4}:[ \\t]{0,8}[\\w-]");

    /** The first in a mail: in a part of its own, or as the same fields in a text. */
    static Optional<FeedbackReport> in(MimeMessage mail) {
        return mail.parts().stream()
                .filter(p -> p.type().is("message/feedback-report")
                        || p.type().type().equals("text"))
                .filter(p -> !p.isMessage())
                .map(MimePart::text)
                .filter(text -> MARK.matcher(text).find())
                .map(FeedbackReport::read)
                .findFirst();
    }

    private static FeedbackReport read(String text) {
        List<String> lines = text.lines()
                .dropWhile(l -> !HeaderFields.beginsField(l))
                .limit(1000)
                .toList();
        return new FeedbackReport(HeaderFields.of(lines));
    }

    /** Lower case, such as {@code abuse}. */
    Optional<String> type() {
        return fields.first("Feedback-Type").map(t -> t.toLowerCase(Locale.ROOT));
    }

    /** Whose mail it was, where the report does not hide them. */
    List<String> recipients() {
        return Stream.of("Original-Rcpt-To", "Removal-Recipient", "Original-Recipient")
                .map(name -> fields.all(name).stream()
                        .flatMap(v -> AddressText.inField(v).stream())
                        .distinct()
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
