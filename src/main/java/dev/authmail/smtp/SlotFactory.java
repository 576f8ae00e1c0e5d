package dev.authmail.smtp;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes empty slots for the pool, without a word to the server, and hangs up when the pool gives one up. */
final class SlotFactory extends BaseKeyedPooledObjectFactory<SmtpServer, ConnectionSlot> {
    private final SmtpClient client;
    private final PoolSettings settings;
    private final ToIntFunction<SmtpServer> maxMessages;
    private final LongAdder dialled = new LongAdder();

    SlotFactory(SmtpClient client, PoolSettings settings, ToIntFunction<SmtpServer> maxMessages) {
        this.client = client;
        this.settings = settings;
        this.maxMessages = maxMessages;
    }

    @Override
    public ConnectionSlot create(SmtpServer server) {
        return new ConnectionSlot(deadline -> dial(server, deadline), settings, () -> maxMessages.applyAsInt(server));
    }

    /** Whether a session comes about; it is not kept. */
    boolean answers(SmtpServer server, Deadline deadline) {
        return switch (dial(server, deadline)) {
            case Opening.Ended ended -> false;
            case Opening.Ready ready -> {
                ready.conversation().close();
                yield true;
            }
        };
    }

    private Opening dial(SmtpServer server, Deadline deadline) {
        dialled.increment();
        return client.open(server, deadline);
    }

    @Override
    public PooledObject<ConnectionSlot> wrap(ConnectionSlot slot) {
        return new DefaultPooledObject<>(slot);
    }

    @Override
    public void destroyObject(SmtpServer server, PooledObject<ConnectionSlot> slot) {
        slot.getObject().close();
    }

    /** How often a server was dialled. */
    long dialled() {
        return dialled.sum();
    }
}
