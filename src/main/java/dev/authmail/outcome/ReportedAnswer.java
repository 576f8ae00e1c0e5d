package dev.authmail.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What some server answered, as a report that came back tells it.
 *
 * @param code such as 550, when it tells one. RFC 5321 §4.2
 * @param status such as 5.1.1, when it tells one. RFC 3463
 * @param text fit to be shown; may be empty
 */
public record ReportedAnswer(
        @Nullable Integer code, @Nullable String status, String text) {}
