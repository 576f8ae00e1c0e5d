package dev.authmail.kafka;

/** Says whether records of a topic are handed out now. Asked at every poll, so what it says is in force within one. */
@FunctionalInterface
public interface Gate {
    /** Every topic, always. */
    Gate OPEN = topic -> true;

    /** False while records of the topic stay where they are. */
    boolean isOpen(String topic);
}
