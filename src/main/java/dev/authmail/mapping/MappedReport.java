package dev.authmail.mapping;

import dev.authmail.bounce.ProviderReport;
import java.time.Instant;
import java.util.Optional;

/**
 * One report of a provider.
 *
 * @param report what it tells
 * @param at when it came about, if it says so
 * @param json the report as it came, for people
 */
public record MappedReport(ProviderReport report, Optional<Instant> at, byte[] json) {}
