package dev.authmail.bounce;

import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimeReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a mail that came back: what it is, of whom it speaks, what it means for each. Never fails because of what stands in
 * the mail, and believes nothing of it: whether it is about a mail of ours is for others to prove.
 */
public final class BounceReader {
    private final BounceRules rules;
    private final Assessment assessment;
    private final MimeLimits limits;

    /**
     * @param rules what such mails look like
     * @param replies the table that live replies are decided with
     */
    public BounceReader(BounceRules rules, ReplyRules replies, MimeLimits limits) {
        this.rules = rules;
        this.assessment = Assessment.by(replies);
        this.limits = limits;
    }

    /** @throws IOException when the stream fails */
    public Bounce read(InputStream in) throws IOException {
        return read(MimeReader.read(in, limits));
    }

    /** Reads a mail that is taken apart already. */
    public Bounce read(MimeMessage mail) {
        MailFacts facts = MailFacts.of(mail, rules);
        KindOfMail kind = new KindOfMail(rules, facts);
        return switch (kind.decide()) {
            case ARF -> bounce(BounceKind.ARF, complaint(facts), facts);
            case AUTOREPLY -> bounce(BounceKind.AUTOREPLY, List.of(), facts);
            case NOT_BOUNCE -> bounce(BounceKind.NOT_BOUNCE, List.of(), facts);
            case DELIVERED -> bounce(BounceKind.DELIVERED, delivered(facts), facts);
            case BOUNCE -> bounce(BounceKind.BOUNCE, failed(facts), facts);
        };
    }

    private Bounce bounce(BounceKind kind, List<ReportedRecipient> recipients, MailFacts facts) {
        return new Bounce(
                kind,
                recipients,
                new BounceClues(
                        facts.sentTo(),
                        facts.status()
                                .flatMap(s -> s.message().first("Original-Envelope-Id"))
                                .or(() ->
                                        facts.feedback().flatMap(f -> f.fields().first("Original-Envelope-Id"))),
                        facts.returned().messageId(),
                        facts.returned()
                                .returnPath()
                                .or(() ->
                                        facts.feedback().flatMap(f -> f.fields().first("Original-Mail-From"))),
                        facts.feedback().flatMap(FeedbackReport::type),
                        facts.fields().word("Auto-Submitted"),
                        facts.nullSender(),
                        facts.complete()));
    }

    private List<ReportedRecipient> complaint(MailFacts facts) {
        List<String> named = facts.feedback()
                .map(FeedbackReport::recipients)
                .or(() -> facts.service()
                        .map(s ->
                                s.recipients().stream().map(Evidence::recipient).toList()))
                .orElse(List.of());
        List<String> whom = !named.isEmpty()
                ? named
                : facts.fields()
                        .first("X-HmXmrOriginalRecipient")
                        .map(AddressText::all)
                        .or(() -> Optional.of(facts.returned().recipients()).filter(r -> !r.isEmpty()))
                        .orElseGet(() -> facts.fields().all("From").stream()
                                .flatMap(f -> AddressText.inField(f).stream())
                                .limit(facts.feedback().isPresent() ? 0 : 1)
                                .toList());
        return whom.stream().map(ReportedRecipient::whoComplains).toList();
    }

    private List<ReportedRecipient> delivered(MailFacts facts) {
        List<Evidence> evidence = evidence(facts);
        return evidence.stream()
                .map(e -> assessment.of(
                        e, e.action().filter(DeliveryAction::isSuccess).orElse(DeliveryAction.DELIVERED)))
                .toList();
    }

    private List<ReportedRecipient> failed(MailFacts facts) {
        DeliveryAction standard = KindOfMail.isDelayed(rules, facts) ? DeliveryAction.DELAYED : DeliveryAction.FAILED;
        return evidence(facts).stream()
                .filter(e -> !e.action().filter(DeliveryAction::isSuccess).isPresent())
                .map(e -> assessment.of(
                        e.also(List.of(facts.notice().words(), facts.subject())),
                        e.action().orElse(standard)))
                .toList();
    }

    private List<Evidence> evidence(MailFacts facts) {
        NoticeReader notice = new NoticeReader(rules, facts.notice(), facts.own(), facts.senderDomain());
        List<Evidence> reported = ReportEvidence.of(facts, notice);
        if (!reported.isEmpty()) {
            return reported;
        }
        if (facts.service().isPresent()) {
            return facts.service().get().recipients();
        }
        List<Evidence> said = notice.read();
        List<Evidence> listed = listed(facts, notice);
        if (!said.isEmpty() || !listed.isEmpty()) {
            return merged(listed, said);
        }
        List<Evidence> own = notice.readOwn();
        return own.isEmpty()
                ? facts.returned().recipients().stream()
                        .limit(1)
                        .map(address -> Evidence.of(address, List.of()))
                        .toList()
                : own;
    }

    /** Exim and others list them in a field of their own. */
    private static List<Evidence> listed(MailFacts facts, NoticeReader notice) {
        List<Evidence> found = new ArrayList<>();
        for (String value : facts.fields().all("X-Failed-Recipients")) {
            for (String address : AddressText.all(value)) {
                found.add(Evidence.of(address, List.of(notice.about(address))));
            }
        }
        return found;
    }

    private static List<Evidence> merged(List<Evidence> first, List<Evidence> second) {
        if (!first.isEmpty()) {
            Map<String, Evidence> byAddress = new LinkedHashMap<>();
            first.forEach(e -> byAddress.put(e.recipient().toLowerCase(Locale.ROOT), e));
            second.forEach(e -> byAddress.computeIfPresent(
                    e.recipient().toLowerCase(Locale.ROOT), (k, known) -> known.also(e.texts())));
            return List.copyOf(byAddress.values());
        }
        return second;
    }
}
