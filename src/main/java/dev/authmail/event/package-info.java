/**
 * Reads and checks a registration event: CloudEvents 1.0 on Kafka, or the bare data object.
 *
 * <p>{@link dev.authmail.event.EventReader#read} turns a {@link dev.authmail.event.SourceRecord} into a {@link
 * dev.authmail.event.RegistrationEvent}, or says in words why not. What is valid stands in
 * {@code schemas/registration-event.schema.json}; the address is judged by the room {@code address}. No detail repeats
 * an address or a name.
 */
@NullMarked
package dev.authmail.event;

import org.jspecify.annotations.NullMarked;
