/**
 * Tracks what is in flight on each partition, so that an offset is committed only when its event and all before it are
 * done, and holds back records that are not yet due.
 *
 * <p>{@link dev.authmail.kafka.TrackingConsumer} is a Kafka consumer that does both inside {@code poll}: it registers
 * what it returns, commits the finished prefix, pauses what is full or not due, and drains what is revoked. Whoever
 * processes a record gets a {@link dev.authmail.kafka.Ticket} and marks it done, from any thread, in any order.
 *
 * <p>{@link dev.authmail.kafka.TopicFollower} reads a compacted topic, so that every process knows all that stands in it.
 */
@NullMarked
package dev.authmail.kafka;

import org.jspecify.annotations.NullMarked;
