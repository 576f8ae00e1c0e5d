package dev.authmail.mapping;

import java.util.List;

/** What a mapping made of a provider's request. */
public sealed interface MappedReports {
    /**
     * The reports in it, in their order, without those that tell nothing of delivery. What no rule fits is among them as {@link
     * dev.authmail.bounce.BounceKind#NOT_BOUNCE}, so that people see it.
     */
    record Of(List<MappedReport> reports) implements MappedReports {
        public Of {
            reports = List.copyOf(reports);
        }
    }

    /**
     * It is no report and no list of reports.
     *
     * @param rule what is wrong, without a word of the content
     */
    record Malformed(String rule) implements MappedReports {}
}
