/**
 * Examines whether mailbox providers will take our mail: addresses, reverse DNS, SPF, DKIM, DMARC, blocklists, the relay. Each
 * finding says what is wrong, to whom it matters, and the record that mends it.
 */
@NullMarked
package dev.authmail.doctor;

import org.jspecify.annotations.NullMarked;
