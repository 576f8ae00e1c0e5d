package dev.authmail.command;

import dev.authmail.address.MailAddress;
import dev.authmail.delivery.Decider;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.roundtrip.MarkedMail;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What {@code authmail send-test} needs of the service's settings.
 *
 * @param purposes of the mails that there are
 * @param maker renders, composes and signs
 * @param hops where mails go, in order: the relays by name, then {@code direct}
 * @param decider says what answers mean
 * @param schedule when a mail is tried again
 * @param attemptTimeout the longest that one attempt takes
 * @param opened what is to be closed afterwards
 */
public record SendTestSetup(
        Set<String> purposes,
        MailMaker maker,
        List<Hop> hops,
        Decider decider,
        RetrySchedule schedule,
        Duration attemptTimeout,
        List<AutoCloseable> opened)
        implements AutoCloseable {
    /** Makes a mail. */
    @FunctionalInterface
    public interface MailMaker {
        /**
         * A marked mail.
         *
         * @param purpose one of the purposes
         * @param language a language tag; empty for the default
         */
        MarkedMail make(String purpose, String language, MailAddress to);
    }

    public SendTestSetup {
        hops = List.copyOf(hops);
        opened = List.copyOf(opened);
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception leftOpen) {
                // the process ends anyway
            }
        }
    }
}
