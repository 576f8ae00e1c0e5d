/**
 * Addresses that get no more mail: those that nobody has, and those whose owners called our mail spam. Held by a keyed hash
 * of the address ({@link dev.authmail.suppression.SuppressionKeys}), so that the list names nobody; each entry ends by
 * itself. RFC 6449 §3.2 (complaints).
 */
@NullMarked
package dev.authmail.suppression;

import org.jspecify.annotations.NullMarked;
