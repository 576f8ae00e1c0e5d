/**
 * Another system's event, made into a registration by a mapping: data, not code. A mapping is a list of rules; the first
 * that fits a record says which fields make the event, or that there is nothing to mail.
 */
@NullMarked
package dev.authmail.mapping;

import org.jspecify.annotations.NullMarked;
