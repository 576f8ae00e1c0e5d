/**
 * Hands a message to the next hop and decides what the answer means. RFC 5321 §4.5.4.
 */
@NullMarked
package dev.authmail.delivery;

import org.jspecify.annotations.NullMarked;
