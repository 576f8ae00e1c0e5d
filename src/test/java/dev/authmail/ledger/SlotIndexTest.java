package dev.authmail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SlotIndexTest {
    private static final int SLOTS = 600;

    static Arguments[] hashes() {
        return new Arguments[] {
            hash("spread, as hashes are", slot -> slot * 0x9E3779B9),
            hash("one for all", slot -> 42),
            hash("a few that are neighbours", slot -> slot % 5),
            hash("the last places, so that what collides goes on at the first", slot -> -1 - slot % 3),
            hash("both ends", slot -> slot % 2 == 0 ? slot : -slot),
        };
    }

    private static Arguments hash(String reason, IntUnaryOperator hash) {
        return Arguments.of(reason, hash);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void whatIsInIsFoundAndNothingElse(String reason, IntUnaryOperator hash) {
        Random random = new Random(7);
        SlotIndex index = new SlotIndex(hash);
        Set<Integer> in = new HashSet<>();
        for (int step = 0; step < 6000; step++) {
            boolean grows = step / 1000 % 2 == 0; // it fills up and empties, three times
            int slot = random.nextInt(SLOTS);
            if (!in.contains(slot) && (grows || random.nextInt(8) == 0)) {
                index.add(slot);
                in.add(slot);
            } else if (in.contains(slot) && (!grows || random.nextInt(8) == 0)) {
                index.remove(slot);
                in.remove(slot);
            }
            if (step % 50 == 0) {
                compare(index, in, hash);
            }
        }
        compare(index, in, hash);
    }

    private static void compare(SlotIndex index, Set<Integer> in, IntUnaryOperator hash) {
        for (int slot = 0; slot < SLOTS; slot++) {
            int wanted = slot;
            assertThat(index.find(hash.applyAsInt(slot), s -> s == wanted))
                    .isEqualTo(in.contains(slot) ? slot : SlotIndex.NONE);
        }
    }
}
