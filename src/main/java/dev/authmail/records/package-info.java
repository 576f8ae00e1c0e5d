/**
 * What a domain publishes about its mail, every type read alike: valid or not, what is wrong where, how to mend it, what it
 * says.
 */
@NullMarked
package dev.authmail.records;

import org.jspecify.annotations.NullMarked;
