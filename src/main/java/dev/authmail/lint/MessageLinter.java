package dev.authmail.lint;

import dev.authmail.mime.MimeLimits;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimeReader;
import java.util.List;

/** Checks a mail as it would go out. Thread-safe; never fails for what a mail holds. */
public final class MessageLinter {
    private static final MimeLimits LIMITS = new MimeLimits(32 << 20, 16 << 20, 8 << 20, 1 << 20, 100, 10);

    private MessageLinter() {}

    /**
     * What the mail breaks; empty when all is well.
     *
     * @param octets the whole mail, lines ended by CRLF
     * @param smtpUtf8 whether it goes to a recipient who needs SMTPUTF8, so that its header may hold UTF-8
     */
    public static List<LintFinding> lint(byte[] octets, boolean smtpUtf8) {
        Findings findings = new Findings();
        RawMail mail = RawMail.of(octets);
        MimeMessage parsed = MimeReader.read(octets, LIMITS);
        FormRules.check(mail, smtpUtf8, findings);
        EncodedWordRules.check(mail, findings);
        AddressRules.check(mail, findings);
        HeaderRules.check(mail, findings);
        MimeRules.check(mail, parsed, findings);
        ContentRules.check(mail, parsed, findings);
        return findings.all();
    }
}
