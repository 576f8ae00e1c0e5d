/**
 * Holds a composed mail against what mailbox providers demand of its form. RFC 5322, RFC 2045, RFC 2047, UTS 39 and the
 * providers' published rules.
 */
@NullMarked
package dev.authmail.lint;

import org.jspecify.annotations.NullMarked;
