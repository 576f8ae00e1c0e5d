/**
 * Which domain somebody registered: what lies directly below a public suffix. https://publicsuffix.org, RFC 7489 §3.2.
 */
@NullMarked
package dev.authmail.psl;

import org.jspecify.annotations.NullMarked;
