/**
 * Reads and checks a registration event: CloudEvents 1.0 on Kafka, or the bare data object.
 */
@NullMarked
package dev.authmail.event;

import org.jspecify.annotations.NullMarked;
