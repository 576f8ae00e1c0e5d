package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Room for one connection to one server: dials when there is none, and anew when the one it kept turns out dead. */
final class ConnectionSlot {
    private static final Duration NOOP = Duration.ofSeconds(5);

    private final Function<Deadline, Opening> dial;
    private final PoolSettings settings;
    private final IntSupplier maxMessages;
    private @Nullable SmtpConversation conversation;
    private Deadline endOfLife = Deadline.in(Duration.ZERO);
    private Deadline trusted = Deadline.in(Duration.ZERO);
    private int messages;

    ConnectionSlot(Function<Deadline, Opening> dial, PoolSettings settings, IntSupplier maxMessages) {
        this.dial = dial;
        this.settings = settings;
        this.maxMessages = maxMessages;
    }

    /** One transaction, over the kept connection if it lives. */
    Transaction offer(Envelope envelope, SignedMessage message, Deadline deadline) {
        SmtpConversation kept = conversation;
        if (kept != null && isAlive(kept, deadline)) {
            Transaction transaction = offer(kept, envelope, message, deadline);
            if (!kept.hadEnded(transaction)) {
                return transaction;
            }
        }
        close();
        return switch (dial.apply(deadline)) {
            case Opening.Ended ended -> ended.transaction();
            case Opening.Ready ready -> offer(keep(ready.conversation()), envelope, message, deadline);
        };
    }

    private Transaction offer(SmtpConversation over, Envelope envelope, SignedMessage message, Deadline deadline) {
        messages++;
        Transaction transaction = over.offer(envelope, message, deadline);
        trusted = Deadline.in(settings.checkAfterIdle());
        return transaction;
    }

    private SmtpConversation keep(SmtpConversation opened) {
        conversation = opened;
        endOfLife = Deadline.in(settings.maxAge());
        messages = 0;
        return opened;
    }

    private boolean isAlive(SmtpConversation kept, Deadline deadline) {
        return isWorthKeeping() && !kept.hasHungUp() && (!trusted.hasPassed() || kept.answersNoop(deadline.orIn(NOOP)));
    }

    /** Whether it holds a connection that may take another message. */
    boolean isWorthKeeping() {
        return conversation != null
                && conversation.isUsable()
                && messages < maxMessages.getAsInt()
                && !endOfLife.hasPassed();
    }

    /** Hangs up. */
    void close() {
        if (conversation != null) {
            conversation.close();
            conversation = null;
        }
    }
}
