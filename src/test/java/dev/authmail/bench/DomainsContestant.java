package dev.authmail.bench;

/** authmail with recipients in so many domains; several of them are one process. */
record DomainsContestant(AuthmailContestant authmail, int domains) implements Contestant {
    @Override
    public String name() {
        return domains + " domains";
    }

    @Override
    public void publish(int first, int count) {
        authmail.publish(first, count, number -> "d" + number % domains + ".of" + domains + ".bench.test");
    }

    @Override
    public long done() {
        return authmail.done();
    }

    @Override
    public long pid() {
        return authmail.pid();
    }

    @Override
    public void close() {
        // who started the process ends it
    }
}
