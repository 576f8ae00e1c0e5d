/**
 * Tracks what is in flight on a partition, so that an offset is committed only when all before it are done.
 */
@NullMarked
package dev.authmail.kafka;

import org.jspecify.annotations.NullMarked;
