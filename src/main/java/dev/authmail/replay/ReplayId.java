package dev.authmail.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names a replay after its dead letter: the same letter gets the same name, and the service lets it pass once. */
final class ReplayId {
    private ReplayId() {}

    /**
     * {@code topic-partition@offset}, and {@code .again} behind it if given; within {@code [A-Za-z0-9._@-]{1,300}}.
     *
     * @param again tells a further replay of the same letter from the first
     */
    static String of(String topic, ReplayPlan.Position position, @Nullable String again) {
        String letter = String.format(Locale.ROOT, "%s-%d@%d", topic, position.partition(), position.offset());
        return again == null ? letter : letter + "." + again;
    }
}
