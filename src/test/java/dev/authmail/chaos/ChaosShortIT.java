package dev.authmail.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form, on one broker, which the gate runs: what only a kill can show, a stop at full load, and records that are
 * no events among the load. {@link ChaosIT} is the full one.
 */
@Tag("real")
class ChaosShortIT {
    private static final List<KillPhase> KILLS =
            List.of(KillPhase.BEFORE_250, KillPhase.BEFORE_LEDGER, KillPhase.BEFORE_COMMIT);

    @TempDir
    private Path folder;

    @Test
    void killedAndStoppedUnderLoad() {
        try (KafkaCluster cluster = KafkaCluster.start(folder, 1);
                World world = new World(cluster, "short", new Report("chaos, short form"))) {
            Replica first = world.start();
            List<byte[]> poison = Poison.all();
            poison.forEach(value -> world.load().publishRaw(null, value));
            world.load().burst(400);
            world.awaitFlow(System.nanoTime());
            Stop.stop(world, first);
            Kills kills = new Kills(world);
            kills.inOrder(KILLS);
            Verdict verdict = world.verdict("a stop, then " + kills);
            assertThat(verdict.ends()).containsEntry("failed", poison.size());
        }
    }
}
