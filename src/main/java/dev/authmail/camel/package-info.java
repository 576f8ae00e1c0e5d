/**
 * Adapts the rooms to exchanges: one processor a route step. The only room that knows both Camel and the domain.
 */
@NullMarked
package dev.authmail.camel;

import org.jspecify.annotations.NullMarked;
