package dev.authmail.chaos;

import dev.authmail.testkit.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form, on one broker: what only a kill can show, and a stop at full load. {@link ChaosIT} is the full one. */
@Tag("chaos")
class ChaosShortIT {
    @TempDir
    private Path folder;

    @Test
    void killedAndStoppedUnderLoad() {
        try (KafkaCluster cluster = KafkaCluster.start(folder, 1);
                World world = new World(cluster, "short", new Report("chaos, short form"))) {
            Kills.run(world, List.of(KillPhase.BEFORE_LEDGER, KillPhase.BEFORE_COMMIT));
        }
    }
}
