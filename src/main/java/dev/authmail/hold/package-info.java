/**
 * What an operator holds back: everything, a route, a domain or a purpose, in the compacted state topic that every replica
 * follows.
 *
 * <p>{@link dev.authmail.hold.Holds} knows what is in force and how long it has kept a mail waiting; {@link
 * dev.authmail.hold.Hold} is a record of the topic.
 */
@NullMarked
package dev.authmail.hold;

import org.jspecify.annotations.NullMarked;
