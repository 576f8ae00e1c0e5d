/**
 * What a mail that came back changes: which event of ours it is about, proved by a MAC, and what follows for the person it
 * was for.
 *
 * <p>{@link dev.authmail.returns.ReturnMatcher} decides; {@link dev.authmail.returns.Verdict} is what it finds. Whoever can
 * prove nothing changes nothing.
 */
@NullMarked
package dev.authmail.returns;

import org.jspecify.annotations.NullMarked;
