package dev.authmail.testkit;

/** Mails that servers and people send to an envelope sender of ours. */
public final class ComesBack {
    private ComesBack() {}

    /** A report of RFC 3464 about one recipient. */
    public static String report(
            String to, String subject, String recipient, String action, String status, String said) {
        return """
                Return-Path: <>
                Delivered-To: %s
                From: Mail Delivery System <MAILER-DAEMON@mx.good.test>
                To: %s
                Subject: %s
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="=r"

                --=r
                Content-Type: text/plain

                The mail could not be delivered.

                --=r
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.good.test

                Final-Recipient: rfc822; %s
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; %s

                --=r--
                """.formatted(to, to, subject, recipient, action, status, said);
    }

    /** A report that reached us some other way: only the header of our mail tells what it is about. */
    public static String reportWithout(String subject, String recipient, String messageId) {
        return """
                Return-Path: <>
                From: postmaster@good.test
                To: bounces@mail.sender.test
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="=r"

                --=r
                Content-Type: text/plain

                The mail could not be delivered.

                --=r
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.good.test

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 no such user

                --=r
                Content-Type: text/rfc822-headers

                From: no-reply@sender.test
                To: %s
                Message-ID: %s
                Subject: Confirm

                --=r--
                """.formatted(subject, recipient, recipient, messageId);
    }

    /** A complaint. RFC 5965. */
    public static String complaint(String to, String subject) {
        return """
                From: <feedback@provider.test>
                To: <%s>
                Subject: %s
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="=r"

                --=r
                Content-Type: text/plain

                This is an abuse report.

                --=r
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: SomeGenerator/1.0
                Version: 1

                --=r
                Content-Type: message/rfc822

                From: no-reply@sender.test
                Subject: Confirm

                Hello.
                --=r--
                """.formatted(to, subject);
    }

    /** A vacation note. RFC 3834. */
    public static String vacation(String to, String subject) {
        return """
                From: hanako@good.test
                To: %s
                Subject: %s
                Auto-Submitted: auto-replied (vacation)

                I am away until Monday.
                """.formatted(to, subject);
    }
}
