package dev.authmail.bounce;

import dev.authmail.delivery.ReplyRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what a provider's report means, by the same tables as a mail that came back. */
public final class ProviderReportReader {
    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern TYPE = Pattern.compile("^[\\w-]{1,40}\\s*;\\s*");
    private static final int MAX_TEXT = 4000;

    private final Assessment assessment;

    /** @param replies the table that live replies are decided with */
    public ProviderReportReader(ReplyRules replies) {
        this.assessment = Assessment.by(replies);
    }

    /** What it means. */
    public Bounce read(ProviderReport report) {
        List<ReportedRecipient> recipients = report.recipients().stream()
                .map(recipient -> recipient(recipient, report.kind()))
                .toList();
        return new Bounce(
                report.kind(),
                recipients,
                new BounceClues(
                        report.senders(),
                        Optional.empty(),
                        report.messageId(),
                        Optional.empty(),
                        report.feedbackType().map(type -> type.toLowerCase(Locale.ROOT)),
                        Optional.empty(),
                        false,
                        true));
    }

    private ReportedRecipient recipient(ProviderReport.Recipient recipient, BounceKind kind) {
        String address = AddressText.first(recipient.address()).orElse("");
        if (kind == BounceKind.ARF) {
            return ReportedRecipient.whoComplains(address);
        }
        DeliveryAction otherwise = kind == BounceKind.BOUNCE ? DeliveryAction.FAILED : DeliveryAction.DELIVERED;
        DeliveryAction action = DeliveryAction.parse(recipient.action()).orElse(otherwise);
        Evidence evidence = new Evidence(
                address,
                Optional.empty(),
                Optional.of(action),
                Optional.of(recipient.status().strip())
                        .filter(s -> STATUS.matcher(s).matches()),
                TYPE.matcher(cut(recipient.said())).replaceFirst(""),
                List.of(cut(recipient.words())),
                "");
        return assessment.of(evidence, action);
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
