package dev.authmail.camel;

import dev.authmail.kafka.GroupLeader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * Lets a mailbox be polled by one replica alone: the one that leads. The others stand by with their routes started. Where a
 * mail could not be dealt with, the next poll waits for its time, however much there is to read.
 */
public final class OneReader implements PollingConsumerPollStrategy {
    private final GroupLeader leader;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    /** @param leader tells whether this replica reads */
    public OneReader(GroupLeader leader) {
        this.leader = leader;
    }

    /** A mail of this mailbox is to be read again, and not at once. */
    void notAtOnce(Endpoint mailbox) {
        failed.add(mailbox.getEndpointKey());
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return !failed.remove(endpoint.getEndpointKey()) && leader.begin(endpoint.getEndpointKey());
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        leader.end(endpoint.getEndpointKey());
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        leader.end(endpoint.getEndpointKey());
        return false; // the next try is the next poll's
    }
}
