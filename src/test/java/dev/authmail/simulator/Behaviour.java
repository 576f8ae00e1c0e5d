package dev.authmail.simulator;

import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.StartTls;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What a mail server does on a bad day. Each has an MX host whose name ends as the provider's do, since rules ask for that,
 * and takes mail for a domain of its own name: {@code greylisting.test}.
 */
public enum Behaviour {
    GOOD("mx.good.test", "takes every mail", server -> {}),

    GMAIL_NO_SUCH_USER(
            "no-such-user.l.google.com",
            "550 5.1.1 to RCPT: nobody has the address",
            rcpt(
                    "550-5.1.1 The email account that you tried to reach does not exist. Please try",
                    "550-5.1.1 double-checking the recipient's email address for typos. For more",
                    "550 5.1.1 information, go to https://support.google.com/mail/?p=NoSuchUser - gsmtp")),
    GMAIL_OVER_QUOTA(
            "over-quota.l.google.com",
            "452 4.2.2 to RCPT: the mailbox is full",
            rcpt(
                    "452-4.2.2 The email account that you tried to reach is over quota. Please direct",
                    "452 4.2.2 the recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp")),
    GMAIL_RECEIVING_TOO_FAST(
            "receiving.l.google.com",
            "450 4.2.1 to RCPT: the mailbox receives too much at a time",
            rcpt(
                    "450-4.2.1 The user you are trying to contact is receiving mail too quickly. Please",
                    "450 4.2.1 resend your message at a later time. - gsmtp")),
    GMAIL_RATE(
            "rate.l.google.com",
            "takes 3 mails a minute; to more it says 421 4.7.28 after the message, and they count too",
            server -> server.onDot()
                    .when(new RateLimit(3, Duration.ofMinutes(1)))
                    .reply(
                            "421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from your",
                            "421-4.7.28 IP address. To protect our users from spam, mail sent from your IP address",
                            "421 4.7.28 has been temporarily rate limited. - gsmtp")
                    .close()),
    GMAIL_UNAUTHENTICATED(
            "unauthenticated.l.google.com",
            "550 5.7.26 to the message: neither SPF nor DKIM",
            dot(
                    "550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires",
                    "550 5.7.26 all senders to authenticate with either SPF or DKIM. - gsmtp")),
    GMAIL_REPUTATION(
            "reputation.l.google.com",
            "550 5.7.1 to the message: the sending address has a bad name",
            dot(
                    "550-5.7.1 Gmail has detected that this message is likely suspicious due to the very low",
                    "550 5.7.1 reputation of the sending IP address. The message has been blocked. - gsmtp")),
    GMAIL_PTR(
            "ptr.l.google.com",
            "550 5.7.25 to the message: no PTR record",
            dot(
                    "550-5.7.25 The IP address sending this message does not have a PTR record setup, or the",
                    "550 5.7.25 corresponding forward DNS entry does not match the sending IP. - gsmtp")),

    MICROSOFT_NO_SUCH_USER(
            "no-such-user.mail.protection.outlook.com",
            "550 5.5.0 to RCPT: nobody has the address",
            rcpt("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).")),
    MICROSOFT_AUTHENTICATION(
            "authentication.mail.protection.outlook.com",
            "550 5.7.515 to the message: SPF, DKIM and DMARC are asked of large senders",
            dot(
                    "550 5.7.515 Access denied, sending domain sender.test does not meet the required authentication level.")),
    MICROSOFT_BLOCKED(
            "blocked.olc.protection.outlook.com",
            "550 5.7.1 to MAIL: the network is on the block list",
            on(
                    "MAIL",
                    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet"
                            + " service provider since part of their network is on our block list (S3150).")),
    MICROSOFT_THROTTLED(
            "throttled.olc.protection.outlook.com",
            "451 4.7.650 to MAIL: too much for the reputation",
            on(
                    "MAIL",
                    "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation."
                            + " For e-mail delivery information, see https://postmaster.live.com (S775)")),
    MICROSOFT_CONNECTION_LIMIT(
            "connections.mail.protection.outlook.com",
            "two connections at a time, then 421 4.3.2 as the greeting",
            server -> server.onConnect()
                    .when(happening -> server.openConnections() > 2)
                    .reply("421 4.3.2 The maximum number of concurrent server connections has exceeded a limit,"
                            + " closing transmission channel")
                    .close()),

    YAHOO_SILENT_CLOSE(
            "silent.am0.yahoodns.net",
            "hangs up without a word after 3 mails over one connection",
            server -> server.onDot()
                    .when(happening -> happening.mails() >= 3)
                    .reply("250 ok dirdel")
                    .close()),
    YAHOO_DEFERRED(
            "deferred.am0.yahoodns.net",
            "421 4.7.0 [TSS04] as the greeting: complaints or volume",
            server -> server.onConnect()
                    .reply("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume"
                            + " or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes")
                    .close()),
    YAHOO_NO_SUCH_USER(
            "no-such-user.am0.yahoodns.net",
            "554 to the message, not to RCPT: nobody has the address",
            dot("554 delivery error: dd This user doesn't have a yahoo.com account (hanako@yahoo.test) [0]")),

    ICLOUD_POLICY(
            "policy.mail.icloud.com",
            "550 5.7.1 [CS01] to the message: a rule that is not told",
            dot("550 5.7.1 [CS01] Message rejected due to local policy. Please visit"
                    + " https://support.apple.com/en-us/102322")),
    ICLOUD_FULL(
            "full.mail.icloud.com",
            "552 5.2.2 to RCPT: the mailbox is full, and the reply says for good",
            rcpt("552 5.2.2 <hanako@icloud.test>: user is overquota")),

    DOCOMO_NO_SUCH_USER(
            "mfsmax.docomo.ne.jp", "550 to RCPT: nobody has the address", rcpt("550 Unknown user hanako@docomo.test")),
    DOCOMO_FILTER(
            "filter.docomo.ne.jp",
            "550 to the message in the same words: the user's filter, the address is good",
            dot("550 Unknown user hanako@docomo.test")),
    AU_NO_SUCH_USER(
            "lsean.ezweb.ne.jp", "550 to RCPT: nobody has the address", rcpt("550 <hanako@au.test>: User unknown")),
    SOFTBANK_NO_SUCH_USER(
            "mx.softbank.ne.jp",
            "550 to RCPT: nobody has the address",
            rcpt("550 Invalid recipient: <hanako@softbank.test>")),

    GREYLISTING(
            "mx.greylisting.test",
            "450 4.2.0 to the first RCPT of each sender and recipient, for 5 seconds",
            server -> server.on("RCPT")
                    .when(new Greylist(Duration.ofSeconds(5)))
                    .reply("450 4.2.0 Recipient address rejected: Greylisted, please try again in 5 seconds")),
    BLOCKLIST(
            "mx.blocklist.test",
            "554 5.7.1 as the greeting: the sending address is listed",
            server -> server.onConnect()
                    .reply("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org")
                    .close()),
    MAILBOX_FULL("mx.mailbox-full.test", "552 5.2.2 to RCPT", rcpt("552 5.2.2 The recipient's mailbox is full")),
    DISK_FULL("mx.disk-full.test", "452 4.3.1 to MAIL", on("MAIL", "452 4.3.1 Insufficient system storage")),
    SHUTTING_DOWN(
            "mx.shutting-down.test",
            "421 4.3.2 to RCPT, and hangs up",
            server -> server.on("RCPT").reply("421 4.3.2 shutting down").close()),
    LOST_REPLY(
            "mx.lost-reply.test",
            "takes the mail and hangs up before it says so",
            server -> server.onDot().close()),

    TARPIT_GREETING(
            "mx.tarpit-greeting.test",
            "one octet of the greeting every 2 seconds",
            server -> server.onConnect().drip(Duration.ofSeconds(2))),
    TARPIT_RCPT(
            "mx.tarpit-rcpt.test",
            "answers RCPT after 5 minutes",
            server -> server.on("RCPT").stall(Duration.ofMinutes(5))),
    TARPIT_MESSAGE("mx.tarpit-message.test", "reads nothing of the message", ScriptedSmtpServer::stopReadingAtData),

    STARTTLS_STRIPPED("mx.starttls-stripped.test", "does not offer STARTTLS", server -> {}),
    STARTTLS_REFUSED("mx.starttls-refused.test", "454 to STARTTLS", tls(StartTls.REFUSED)),
    STARTTLS_GARBAGE("mx.starttls-garbage.test", "words instead of a handshake", tls(StartTls.GARBAGE)),
    STARTTLS_SILENT("mx.starttls-silent.test", "nothing instead of a handshake", tls(StartTls.SILENT)),
    STARTTLS_INJECTED("mx.starttls-injected.test", "a reply in clear text behind the 220", tls(StartTls.INJECTED)),
    CERTIFICATE_EXPIRED(
            "mx.certificate-expired.test",
            "a certificate that ended yesterday",
            server -> server.startTls(Certificates.ALL.expired("mx.certificate-expired.test"))),
    CERTIFICATE_OTHER_NAME(
            "mx.certificate-other-name.test",
            "a certificate for another host",
            server -> server.startTls(Certificates.ALL.validFor("other.test"))),
    CERTIFICATE_SELF_SIGNED(
            "mx.certificate-self-signed.test",
            "a certificate that only itself vouches for",
            server -> server.startTls(Certificates.ALL.selfSigned("mx.certificate-self-signed.test")));

    private final String mxHost;
    private final String words;
    private final Consumer<ScriptedSmtpServer> script;

    Behaviour(String mxHost, String words, Consumer<ScriptedSmtpServer> script) {
        this.mxHost = mxHost;
        this.words = words;
        this.script = script;
    }

    /** Its name: {@code gmail-rate}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The domain that it takes mail for: {@code gmail-rate.test}. */
    public String domain() {
        return code() + ".test";
    }

    /** The name of its only MX host. */
    public String mxHost() {
        return mxHost;
    }

    /** What it does. */
    public String words() {
        return words;
    }

    void teach(ScriptedSmtpServer server) {
        script.accept(server);
    }

    /** All whose name begins so; all when it is empty. */
    public static List<Behaviour> beginningWith(String beginning) {
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.code().startsWith(beginning))
                .toList();
    }

    private static Consumer<ScriptedSmtpServer> on(String command, String... reply) {
        return server -> server.on(command).reply(reply);
    }

    private static Consumer<ScriptedSmtpServer> rcpt(String... reply) {
        return on("RCPT", reply);
    }

    private static Consumer<ScriptedSmtpServer> dot(String... reply) {
        return server -> server.onDot().reply(reply);
    }

    private static Consumer<ScriptedSmtpServer> tls(StartTls how) {
        return server -> server.startTls(how);
    }
}
