package dev.authmail.tlsreport;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import dev.authmail.smtp.Transaction;
import java.time.Duration;
import java.util.List;

/** Brings reports to where they are wanted. */
public final class ReportDelivery {
    private final ReportMail mail;
    private final DkimSigner signer;
    private final List<Hop> hops;
    private final Duration attempt;
    private final ReportUpload upload;

    /**
     * @param mail makes mails of reports
     * @param signer signs them: RFC 8460 §3 demands it
     * @param hops that mails are offered to, in order, until one takes it
     * @param attempt how long that may take
     * @param upload posts reports to web servers
     */
    public ReportDelivery(ReportMail mail, DkimSigner signer, List<Hop> hops, Duration attempt, ReportUpload upload) {
        this.mail = mail;
        this.signer = signer;
        this.hops = List.copyOf(hops);
        this.attempt = attempt;
        this.upload = upload;
    }

    /** Sends one. */
    public ReportSending send(DueReport report) {
        return switch (report.destination()) {
            case ReportDestination.Mailbox(MailAddress address) -> mail(report.file(), address);
            case ReportDestination.WebServer server -> upload.post(server.uri(), report.file());
        };
    }

    private ReportSending mail(TlsReportFile file, MailAddress to) {
        SignedMessage signed = signer.sign(mail.compose(file, to));
        Envelope envelope = new Envelope(mail.from(), to);
        Deadline deadline = Deadline.in(attempt);
        for (Hop hop : hops) {
            if (hop.offer(signed, envelope, deadline) instanceof HopResult.Tried tried) {
                switch (tried.transaction()) {
                    case Transaction.Accepted accepted -> {
                        return new ReportSending.Arrived();
                    }
                    case Transaction.Unconfirmed unconfirmed -> {
                        return new ReportSending.Uncertain("it may have arrived: " + unconfirmed.detail());
                    }
                    case Transaction.Refused refused -> {}
                    case Transaction.Failed failed -> {}
                }
            }
        }
        return new ReportSending.NotNow("no hop has taken the mail");
    }
}
