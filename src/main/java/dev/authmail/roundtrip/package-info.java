/**
 * What becomes of a mail that goes through a relay and comes back into a mailbox of ours: whether its signatures still hold,
 * what was changed, which servers it passed.
 */
@NullMarked
package dev.authmail.roundtrip;

import org.jspecify.annotations.NullMarked;
