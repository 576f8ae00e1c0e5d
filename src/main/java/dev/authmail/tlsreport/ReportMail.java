package dev.authmail.tlsreport;

import dev.authmail.address.MailAddress;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.MessageId;
import dev.authmail.mail.ReportComposer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report as a mail. RFC 8460 §5.3. */
public final class ReportMail {
    private final Reporter reporter;
    private final ReportComposer composer;

    /** @param composer makes the message */
    public ReportMail(Reporter reporter, ReportComposer composer) {
        this.reporter = reporter;
        this.composer = composer;
    }

    /** Who it is from. */
    public MailAddress from() {
        return reporter.from();
    }

    /** The message, not yet signed. */
    public MailMessage compose(TlsReportFile file, MailAddress to) {
        String submitter = reporter.submitter();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("TLS-Report-Domain", file.domain());
        fields.put("TLS-Report-Submitter", submitter);
        fields.put("TLS-Required", "No"); // RFC 8689 §5: it may tell why TLS does not work
        return composer.compose(
                new ReportComposer.Head(
                        reporter.from(),
                        to,
                        "Report Domain: " + file.domain() + " Submitter: " + submitter + " Report-ID: <" + file.id()
                                + ">",
                        new MessageId(
                                file.id().split("@", 2)[0], reporter.from().domain()),
                        fields),
                "tlsrpt",
                "This is a report about TLS with the mail hosts of " + file.domain() + " on " + file.day()
                        + " (UTC), from " + reporter.organization() + ".\n",
                new ReportComposer.Attachment(TlsReportFile.TYPE, file.name(submitter), file.gzip()));
    }
}
