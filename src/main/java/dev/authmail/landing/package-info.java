/** A landing page for the link in the mail, for an application that has none: safe against scanners, single use. */
@NullMarked
package dev.authmail.landing;

import org.jspecify.annotations.NullMarked;
