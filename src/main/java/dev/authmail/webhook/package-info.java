/** Who really sent an HTTP request: signatures and shared secrets of other systems' webhooks. */
@NullMarked
package dev.authmail.webhook;

import org.jspecify.annotations.NullMarked;
