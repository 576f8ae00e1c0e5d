/**
 * Finds what Kafka holds of one user, and erases what can be erased: entries of the ledger. Other topics keep a record
 * until their retention ends; {@link dev.authmail.erasure.Remains} says how many there are and until when.
 */
@NullMarked
package dev.authmail.erasure;

import org.jspecify.annotations.NullMarked;
