/**
 * Spans of hops and SMTP conversations, for whoever attaches an OpenTelemetry agent; without one they cost nothing. They name
 * hop, server, reply code and TLS version, never a mailbox, a text of a server, a link or a token.
 */
@NullMarked
package dev.authmail.tracing;

import org.jspecify.annotations.NullMarked;
