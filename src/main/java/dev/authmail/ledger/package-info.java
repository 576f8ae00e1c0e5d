/**
 * Where each event stands: {@code waiting n}, {@code accepted} or {@code dead}, in a compacted topic that every replica
 * follows. An event that is published twice, or read again after a crash, is thereby known and not mailed twice.
 *
 * <p>{@link dev.authmail.ledger.Ledger} is the window in memory, bounded by time and by number;
 * {@link dev.authmail.ledger.LedgerFollower} fills it from the topic; {@link dev.authmail.ledger.LedgerEntry} is a record's
 * value.
 */
@NullMarked
package dev.authmail.ledger;

import org.jspecify.annotations.NullMarked;
