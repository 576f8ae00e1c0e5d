package dev.authmail.delivery;

import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.Transaction;
import java.time.Duration;

/** What one hop made of one message. */
public sealed interface HopResult {
    /** A server was talked to, or could not be; the last one when several were tried. */
    record Tried(SmtpServer server, Transaction transaction) implements HopResult {}

    /** There is no server to talk to. */
    record NoServer(Why why, String detail) implements HopResult {}

    /**
     * The hop was not tried: it is not configured, switched off or closed, or the mail is pinned to another.
     *
     * @param why in words
     * @param fault whose fault
     * @param retryAfter after which it may be tried; zero when waiting changes nothing
     */
    record Skipped(String why, Fault fault, Duration retryAfter) implements HopResult {
        /** As the settings or an operator want it. */
        public Skipped(String why) {
            this(why, Fault.SELF, Duration.ZERO);
        }
    }

    /** Why there is no server. */
    enum Why {
        /** The domain says that it takes no mail. RFC 7505. */
        NULL_MX,
        /** The domain does not exist. RFC 1035 §4.1.1. */
        NO_SUCH_DOMAIN,
        /** The domain has neither MX nor address. RFC 5321 §5.1. */
        NO_ADDRESS,
        /** The DNS could not answer now. RFC 5321 §5.1: report as a temporary error. */
        DNS_FAILURE,
        /** Only private, loopback or link-local addresses, which are not allowed. */
        FORBIDDEN_ADDRESS,
        /** The domain's MTA-STS policy names none of its hosts that could be tried; temporary. RFC 8461 §5. */
        NOT_IN_POLICY,
        /** The DNS does not prove what certificates the hosts have; temporary. RFC 7672 §2.1.2. */
        TLSA_UNPROVEN
    }
}
