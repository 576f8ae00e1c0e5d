/**
 * What became of an event: the outcome, the retry and the dead letter that others read on Kafka.
 */
@NullMarked
package dev.authmail.outcome;

import org.jspecify.annotations.NullMarked;
