package dev.authmail.smtp;

import dev.authmail.mail.SignedMessage;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Keeps connections for the next message to the same server. The pool hands out {@linkplain ConnectionSlot slots} and so
 * counts connections; dialling and talking happen in the slot, within the caller's deadline.
 */
public final class PooledSmtpTransport implements SmtpTransport {
    private final GenericKeyedObjectPool<SmtpServer, ConnectionSlot> slots;
    private final SlotFactory factory;
    private final PoolSettings settings;
    private final Congestion congestion = new Congestion();

    /**
     * @param client opens the connections
     * @param settings how they are kept
     */
    public PooledSmtpTransport(SmtpClient client, PoolSettings settings) {
        this(client, settings, server -> settings.maxMessages());
    }

    /**
     * @param client opens the connections
     * @param settings how they are kept
     * @param maxMessages how many messages one connection to a server takes, asked anew after each
     */
    public PooledSmtpTransport(SmtpClient client, PoolSettings settings, ToIntFunction<SmtpServer> maxMessages) {
        this.factory = new SlotFactory(client, settings, maxMessages);
        this.settings = settings;
        this.slots = new GenericKeyedObjectPool<>(factory, configuration(settings));
    }

    private static GenericKeyedObjectPoolConfig<ConnectionSlot> configuration(PoolSettings settings) {
        GenericKeyedObjectPoolConfig<ConnectionSlot> configuration = new GenericKeyedObjectPoolConfig<>();
        configuration.setMaxTotalPerKey(settings.maxPerServer());
        configuration.setMaxIdlePerKey(settings.maxPerServer());
        configuration.setMaxTotal(settings.maxTotal());
        configuration.setMinEvictableIdleDuration(settings.idleTime());
        configuration.setTimeBetweenEvictionRuns(settings.idleTime().dividedBy(4));
        configuration.setNumTestsPerEvictionRun(-1); // Each run looks at all that are idle.
        configuration.setFairness(true);
        configuration.setJmxEnabled(false);
        return configuration;
    }

    @Override
    public Transaction offer(SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline) {
        return offer(server, envelope, message, deadline, deadline.remaining());
    }

    @Override
    public Transaction offer(
            SmtpServer server, Envelope envelope, SignedMessage message, Deadline deadline, Duration patience) {
        ConnectionSlot slot;
        try {
            slot = borrow(server, deadline, patience);
        } catch (NoSuchElementException e) {
            if (isFull(server)) {
                congestion.waitedInVain(server);
            }
            return unserved(Transaction.Failure.CONGESTED, "no free connection to " + server.label() + " in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unserved(Transaction.Failure.NO_CONNECTION, "interrupted while waiting for a free connection");
        } catch (Exception e) {
            return unserved(Transaction.Failure.NO_CONNECTION, "the transport is closed");
        }
        try {
            return slot.offer(envelope, message, deadline);
        } finally {
            giveBack(server, slot);
        }
    }

    /** Opens a session with a server, as for a mail, and ends it: whether it would take one. */
    public boolean answers(SmtpServer server, Deadline deadline) {
        return factory.answers(server, deadline);
    }

    private ConnectionSlot borrow(SmtpServer server, Deadline deadline, Duration patience) throws Exception {
        Duration remaining = deadline.remaining();
        boolean patient = patience.compareTo(remaining) >= 0;
        Duration wait = patient ? remaining : congestion.patience(server, patience);
        ConnectionSlot slot = slots.borrowObject(server, wait.toMillis());
        if (!isFull(server)) {
            congestion.isOver(server);
        }
        return slot;
    }

    private boolean isFull(SmtpServer server) {
        return slots.getNumActive(server) >= settings.maxPerServer();
    }

    private void giveBack(SmtpServer server, ConnectionSlot slot) {
        if (slot.isWorthKeeping()) {
            slots.returnObject(server, slot);
        } else {
            discard(server, slot);
        }
    }

    private void discard(SmtpServer server, ConnectionSlot slot) {
        try {
            slots.invalidateObject(server, slot);
        } catch (Exception e) {
            throw new IllegalStateException("a slot went back to a pool it did not come from", e);
        }
    }

    private static Transaction unserved(Transaction.Failure failure, String detail) {
        return new Transaction.Failed(SmtpPhase.CONNECT, failure, detail, null);
    }

    /** How many connections there are. */
    public PoolStats stats() {
        return new PoolStats(slots.getNumActive(), slots.getNumIdle(), slots.getNumWaiters(), factory.dialled());
    }

    @Override
    public void close() {
        slots.close();
    }
}
