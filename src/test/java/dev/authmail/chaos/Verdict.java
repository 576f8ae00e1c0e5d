package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a scenario came to.
 *
 * @param in events published
 * @param settled of these, events with a final outcome
 * @param lost events that ended as accepted and of which no server has the mail, and those without an end
 * @param repeats mails beyond the first of each event
 * @param exposed conversations whose final dot had come and which the ledger did not show as accepted, at each kill
 * @param unexplained events that were mailed more often than kills exposed their mails
 * @param renamed events whose mails had more than one Message-ID
 * @param ends how many events ended in which way
 */
record Verdict(
        int in,
        int settled,
        Set<String> lost,
        int repeats,
        int exposed,
        Set<String> unexplained,
        Set<String> renamed,
        Map<String, Integer> ends) {
    static Verdict of(World world) {
        Load load = world.load();
        Watch watch = world.watch();
        Set<String> lost = new TreeSet<>();
        Set<String> unexplained = new TreeSet<>();
        Set<String> renamed = new TreeSet<>();
        int repeats = 0;
        int settled = 0;
        for (Map.Entry<String, String> entry : load.events().entrySet()) {
            String event = entry.getValue();
            var mails = world.mailsTo(entry.getKey());
            String end = watch.ended().get(event);
            settled += end == null ? 0 : 1;
            if (end == null || end.equals("accepted") && mails.isEmpty()) {
                lost.add(event);
            }
            int more = Math.max(0, mails.size() - 1);
            repeats += more;
            if (more > world.exposed().getOrDefault(event, 0)) {
                unexplained.add(event);
            }
            if (Set.copyOf(mails).size() > 1) {
                renamed.add(event);
            }
        }
        int exposed = world.exposedCount();
        return new Verdict(load.count(), settled, lost, repeats, exposed, unexplained, renamed, watch.tally());
    }

    /** Nothing lost, nothing repeated but what a kill exposed, and each repeat recognizable. */
    void check() {
        assertThat(settled).as("events with a final outcome").isEqualTo(in);
        assertThat(lost).as("events lost").isEmpty();
        assertThat(repeats).as("mails repeated").isLessThanOrEqualTo(exposed);
        assertThat(unexplained)
                .as("repeats of events that no kill met between final dot and ledger")
                .isEmpty();
        assertThat(renamed).as("repeats with another Message-ID").isEmpty();
    }

    @Override
    public String toString() {
        return "in %,d · ended %,d %s · lost %d · repeats %d of at most %d"
                .formatted(in, settled, ends, lost.size(), repeats, exposed);
    }
}
