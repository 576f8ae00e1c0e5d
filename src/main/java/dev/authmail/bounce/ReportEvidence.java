package dev.authmail.bounce;

import dev.authmail.mime.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a delivery report says about each recipient, with the words of the notice beside it. RFC 3464 §2.3. */
final class ReportEvidence {
    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");
    private static final Pattern TYPE = Pattern.compile("^\\s*[\\w-]{1,40}\\s*;\\s*");
    private static final Pattern COMMENT = Pattern.compile("\\((.{3,300})\\)");

    private ReportEvidence() {}

    static List<Evidence> of(MailFacts facts, NoticeReader notice) {
        List<Evidence> found = new ArrayList<>();
        if (facts.status().isPresent()) {
            DeliveryStatus report = facts.status().get();
            for (HeaderFields group : report.recipients()) {
                evidence(group, report, facts, notice)
                        .filter(e -> found.stream().noneMatch(f -> isSame(f, e)))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean isSame(Evidence one, Evidence other) {
        return one.recipient().equalsIgnoreCase(other.recipient());
    }

    private static Optional<Evidence> evidence(
            HeaderFields group, DeliveryStatus report, MailFacts facts, NoticeReader notice) {
        Optional<String> last = group.first("Final-Recipient").flatMap(AddressText::typed);
        Optional<String> first = group.first("Original-Recipient").flatMap(AddressText::typed);
        Optional<String> recipient = last.flatMap(notice::original)
                .or(() -> last.filter(AddressText::isAddress).filter(a -> !isEncapsulated(a) || first.isEmpty()))
                .or(() -> first.filter(AddressText::isAddress))
                .or(() -> last.map(local -> withDomain(local, facts, notice)))
                .or(() -> first);
        return recipient.map(address -> new Evidence(
                address,
                first.filter(f -> !f.equalsIgnoreCase(address)),
                group.first("Action").flatMap(DeliveryAction::parse),
                group.first("Status").flatMap(ReportEvidence::status),
                group.first("Diagnostic-Code").map(ReportEvidence::diagnostic).orElse(""),
                List.of(
                        notice.about(address),
                        group.first("Status").map(ReportEvidence::comment).orElse("")),
                group.first("Remote-MTA").map(ReportEvidence::host).orElse("")));
    }

    /** Exchange wraps an address of another kind into one of SMTP's form: what is in it is no mailbox that we wrote to. */
    private static boolean isEncapsulated(String address) {
        return address.regionMatches(true, 0, "IMCEA", 0, 5);
    }

    /** Some name a mailbox of theirs; the notice or the returned message has the address. */
    private static String withDomain(String local, MailFacts facts, NoticeReader notice) {
        List<Evidence> said = notice.read();
        if (said.size() == 1) {
            return said.getFirst().recipient();
        }
        List<String> returned = facts.returned().recipients();
        return returned.size() == 1 ? returned.getFirst() : local;
    }

    private static Optional<String> status(String value) {
        Matcher m = STATUS.matcher(value);
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }

    private static String comment(String value) {
        Matcher m = COMMENT.matcher(value);
        return m.find() ? m.group(1) : "";
    }

    /** The type of a diagnostic says who speaks; its text is what counts. */
    private static String diagnostic(String value) {
        return TYPE.matcher(value).replaceFirst("");
    }

    private static String host(String value) {
        return TYPE.matcher(value)
                .replaceFirst("")
                .strip()
                .split("[\\s(\\[]", 2)[0]
                .toLowerCase(Locale.ROOT);
    }
}
