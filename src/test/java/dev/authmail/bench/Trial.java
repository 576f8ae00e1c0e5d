package dev.authmail.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What some mails took.
 *
 * @param perSecond mails a second, from the first event handed over to the last one done
 * @param cpuMicros CPU time of the contestant, microseconds a mail
 * @param sinkMicros of the server that takes the mails
 * @param brokerMicros of the Kafka broker
 */
record Trial(double perSecond, double cpuMicros, double sinkMicros, double brokerMicros) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Has a contestant mail so many events, and waits until all are done. */
    static Trial of(Contestant contestant, int first, int mails, SinkProcess sink, long brokerPid)
            throws InterruptedException {
        long done = contestant.done();
        long taken = sink.counts()[0];
        Duration cpu = Cpu.of(contestant.pid());
        Duration sinkCpu = sink.cpu();
        Duration brokerCpu = Cpu.of(brokerPid);
        long begun = System.nanoTime();
        contestant.publish(first, mails);
        while (contestant.done() < done + mails) {
            Thread.sleep(2);
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        contestant.name() + " has done " + (contestant.done() - done) + " of " + mails + " mails");
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (sink.counts()[0] - taken != mails) {
            throw new IllegalStateException("the server took " + (sink.counts()[0] - taken) + " mails, not " + mails);
        }
        return new Trial(
                mails / seconds,
                micros(Cpu.of(contestant.pid()).minus(cpu), mails),
                micros(sink.cpu().minus(sinkCpu), mails),
                micros(Cpu.of(brokerPid).minus(brokerCpu), mails));
    }

    private static double micros(Duration cpu, int mails) {
        return cpu.toNanos() / 1e3 / mails;
    }

    static double median(List<Trial> trials, ToDoubleFunction<Trial> value) {
        double[] sorted = trials.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
