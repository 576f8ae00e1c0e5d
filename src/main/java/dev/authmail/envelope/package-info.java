/**
 * The envelope sender, whose token lets a bounce find its event and a forged one be refused. RFC 5321 §4.1.1.2.
 */
@NullMarked
package dev.authmail.envelope;

import org.jspecify.annotations.NullMarked;
