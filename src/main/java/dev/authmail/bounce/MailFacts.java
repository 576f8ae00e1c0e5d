package dev.authmail.bounce;

import dev.authmail.mime.HeaderFields;
import dev.authmail.mime.MimeLimits;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import dev.authmail.mime.MimeReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mail that came back, taken apart by what its pieces are for.
 *
 * @param fields its header
 * @param status the machine-readable report, or those fields where they stand in a text
 * @param feedback the machine-readable complaint
 * @param read the fields of a receipt. RFC 8098 §3
 * @param service what a sending service tells in JSON
 * @param notice what a person is told
 * @param returned the header of the message that came back
 * @param complete whether all of the mail was read
 */
record MailFacts(
        HeaderFields fields,
        Optional<DeliveryStatus> status,
        Optional<FeedbackReport> feedback,
        Optional<HeaderFields> read,
        Optional<ServiceNotice> service,
        NoticeText notice,
        ReturnedMessage returned,
        boolean complete) {
    private static final int MAX_SUBJECT = 500;

    static MailFacts of(MimeMessage mail, BounceRules rules) {
        return wrapped(mail)
                .map(report -> of(mail.fields(), report, rules))
                .orElseGet(() -> of(mail.fields(), mail, rules));
    }

    /** Some gateways send a report within a message of theirs: a report is what has no report beside it. */
    private static Optional<MimeMessage> wrapped(MimeMessage mail) {
        if (mail.parts().stream().anyMatch(MailFacts::isReport)) {
            return Optional.empty();
        }
        return mail.parts().stream()
                .filter(p -> p.type().is("message/rfc822"))
                .map(p -> MimeReader.read(p.octets(), MimeLimits.defaults()))
                .filter(m -> m.parts().stream().anyMatch(MailFacts::isReport))
                .findFirst();
    }

    private static boolean isReport(MimePart part) {
        return part.type().subtype().contains("delivery-status")
                || part.type().is("message/feedback-report")
                || isReceipt(part);
    }

    private static MailFacts of(HeaderFields fields, MimeMessage mail, BounceRules rules) {
        List<MimePart> before =
                mail.parts().stream().takeWhile(p -> !p.isMessage()).toList();
        String words = notice(before);
        NoticeText notice = NoticeText.of(words, rules);
        return new MailFacts(
                fields,
                status(mail),
                FeedbackReport.in(mail),
                receipt(mail),
                ServiceNotice.read(words),
                notice,
                returned(mail, notice),
                mail.complete());
    }

    /** Plain text; HTML where there is no other. Some write two plain parts, such as a disclaimer below the notice. */
    private static String notice(List<MimePart> parts) {
        List<MimePart> texts = parts.stream()
                .filter(p -> p.type().type().equals("text"))
                .filter(p -> !p.type().is("text/csv") && !p.type().is("text/calendar"))
                .toList();
        List<MimePart> plain = texts.stream()
                .filter(p -> !p.type().subtype().equals("html"))
                .filter(p -> !p.text().isBlank())
                .toList();
        return (plain.isEmpty() ? texts : plain).stream().map(MimePart::text).collect(Collectors.joining("\n"));
    }

    private static Optional<DeliveryStatus> status(MimeMessage mail) {
        Optional<DeliveryStatus> own = mail.parts().stream()
                .filter(p -> p.type().subtype().contains("delivery-status"))
                .map(p -> DeliveryStatus.read(p.text()))
                .filter(s -> !s.recipients().isEmpty())
                .findFirst();
        return own.or(() -> mail.parts().stream()
                .filter(p -> !p.isMessage() || mail.parts().size() == 1)
                .filter(p -> !isReceipt(p))
                .map(MimePart::text)
                .filter(DeliveryStatus::isIn)
                .map(DeliveryStatus::read)
                .filter(s -> !s.recipients().isEmpty())
                .findFirst());
    }

    private static Optional<HeaderFields> receipt(MimeMessage mail) {
        return mail.parts().stream()
                .filter(MailFacts::isReceipt)
                .map(p -> HeaderFields.of(p.text().lines().limit(500).toList()))
                .findFirst();
    }

    private static boolean isReceipt(MimePart part) {
        return part.type().subtype().contains("disposition-notification");
    }

    private static ReturnedMessage returned(MimeMessage mail, NoticeText notice) {
        return mail.parts().stream()
                .filter(MimePart::isMessage)
                .map(p -> new ReturnedMessage(
                        MimeReader.read(p.octets(), MimeLimits.defaults()).fields()))
                .filter(r -> !r.fields().all().isEmpty())
                .findFirst()
                .orElseGet(() -> ReturnedMessage.quoted(notice.quoted()));
    }

    String subject() {
        String subject = fields.text("Subject").orElse("");
        return subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) : subject;
    }

    /** Who sent it, as the header says. */
    List<String> senders() {
        return Stream.of("From", "Sender", "Return-Path", "X-Envelope-From", "Envelope-From")
                .flatMap(name -> fields.all(name).stream())
                .toList();
    }

    /** To whom it was sent: as the envelope said, then as its header says. */
    List<String> sentTo() {
        Set<String> found = new LinkedHashSet<>();
        Stream.of(
                        "X-Original-To",
                        "Delivered-To",
                        "X-Envelope-To",
                        "Envelope-To",
                        "X-Delivered-To",
                        "X-Forwarded-To",
                        "To",
                        "Cc")
                .flatMap(name -> fields.all(name).stream())
                .flatMap(value -> AddressText.inField(value).stream())
                .forEach(found::add);
        return List.copyOf(found);
    }

    /** Whether the envelope sender is empty; unknown counts as not. */
    boolean nullSender() {
        return Stream.of("Return-Path", "From")
                .flatMap(name -> fields.all(name).stream())
                .anyMatch(v -> v.replace(" ", "").equals("<>"));
    }

    /** Addresses that a notice does not mean when it says who did not get the mail. */
    Set<String> own() {
        return Stream.concat(
                        sentTo().stream(),
                        Stream.concat(fields.all("From").stream(), returned.fields().all("From").stream())
                                .flatMap(v -> AddressText.inField(v).stream()))
                .map(a -> a.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    String senderDomain() {
        return fields.all("From").stream()
                .flatMap(v -> AddressText.inField(v).stream())
                .map(AddressText::domain)
                .findFirst()
                .orElse("");
    }
}
