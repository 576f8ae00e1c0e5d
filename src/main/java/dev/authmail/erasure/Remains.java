package dev.authmail.erasure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a topic still holds of a user.
 *
 * @param topic which
 * @param records how many
 * @param until when the newest of them is older than the topic's retention; null without a record, or when the topic
 *     deletes nothing by age. Kafka deletes whole segments, so it can be later
 * @param unknown records that do not say whom they are about: no JSON object, too large, or without a user
 */
public record Remains(String topic, int records, @Nullable Instant until, int unknown) {}
