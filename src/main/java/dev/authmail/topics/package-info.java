/**
 * Kafka topics as an operator sees them: how each should be, how it is, what is missing.
 *
 * <p>{@link dev.authmail.topics.TopicSpec} says how one should be, {@link dev.authmail.topics.TopicState} how it is beside
 * that; {@link dev.authmail.topics.TopicAdmin} looks and creates, and never changes what is there.
 * {@link dev.authmail.topics.TopicScan} reads a topic once, to where it ended when the reading began; {@link
 * dev.authmail.topics.TopicWriter} writes records one after the other.
 * {@link dev.authmail.topics.KafkaTrouble} turns what Kafka's clients throw into a sentence.
 */
@NullMarked
package dev.authmail.topics;

import org.jspecify.annotations.NullMarked;
