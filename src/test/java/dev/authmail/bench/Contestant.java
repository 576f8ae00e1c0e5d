package dev.authmail.bench;

/** One program that mails registration events, in a process of its own. */
interface Contestant extends AutoCloseable {
    /** How the table names it. */
    String name();

    /** Hands events over, as fast as it takes them, beginning with that number. */
    void publish(int first, int count);

    /** How many events are done since its start: with Kafka, when the outcome is acknowledged. */
    long done();

    /** Its process. */
    long pid();

    /** Of so many mails in a trial of the fastest, how many this one is given, so that trials last about as long. */
    default int share(int mails) {
        return mails;
    }

    @Override
    void close();
}
