package dev.authmail.dmarc;

import dev.authmail.dns.RecordProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One DMARC policy record. RFC 9989 §4.7, §4.8; RFC 7489 §6.3, §6.4. */
public final class DmarcRecord {
    /** The label below which a domain publishes it. */
    public static final String LABEL = "_dmarc";

    private final Map<String, String> tags;

    DmarcRecord(Map<String, String> tags) {
        this.tags = Map.copyOf(tags);
    }

    /**
     * What became of reading a record.
     *
     * @param record the record as receivers read it, who leave out what they cannot read (RFC 9989 §4.7); empty when it
     *     is no DMARC record, or names neither a policy nor where reports go (§4.10.1)
     * @param problems what is wrong, in the order of the text
     */
    public record Reading(Optional<DmarcRecord> record, List<RecordProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }

        /** Whether it obeys the grammar. */
        public boolean isValid() {
            return problems.stream().noneMatch(RecordProblem::isError);
        }
    }

    /** Whether an alignment needs the very domain. RFC 9989 §4.4. */
    public enum Alignment {
        /** The same organizational domain is enough. */
        RELAXED,
        /** The domains must be the same. */
        STRICT
    }

    /** Whether a domain says that names below it are other people's. RFC 9989 §4.7, {@code psd=}. */
    public enum Psd {
        YES,
        NO,
        UNKNOWN;

        /** The value of the tag. */
        public String tag() {
            return name().substring(0, 1).toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a record, the strings of its TXT record joined. */
    public static Reading parse(String text) {
        return new DmarcRecordParser(text).parse();
    }

    /** Whether a TXT record is meant as DMARC: it begins with the version. RFC 9989 §4.7. */
    public static boolean isDmarc(String text) {
        return DmarcRecordParser.VERSION.matcher(text).lookingAt();
    }

    /** {@code p=}; none when it is missing, which needs a {@code rua=}. RFC 9989 §4.10.1. */
    public DmarcPolicy policy() {
        return policy("p").orElse(DmarcPolicy.NONE);
    }

    /** {@code sp=}, or {@code p=}. */
    public DmarcPolicy subdomainPolicy() {
        return policy("sp").orElseGet(this::policy);
    }

    /** {@code np=}, or what holds for other subdomains. */
    public DmarcPolicy nonexistentSubdomainPolicy() {
        return policy("np").orElseGet(this::subdomainPolicy);
    }

    private Optional<DmarcPolicy> policy(String tag) {
        return Optional.ofNullable(tags.get(tag)).flatMap(DmarcPolicy::of);
    }

    /** {@code adkim=}. */
    public Alignment dkimAlignment() {
        return alignment("adkim");
    }

    /** {@code aspf=}. */
    public Alignment spfAlignment() {
        return alignment("aspf");
    }

    private Alignment alignment(String tag) {
        return tags.getOrDefault(tag, "r").equalsIgnoreCase("s") ? Alignment.STRICT : Alignment.RELAXED;
    }

    /** {@code psd=}. */
    public Psd psd() {
        return switch (tags.getOrDefault("psd", "u")) {
            case "y", "Y" -> Psd.YES;
            case "n", "N" -> Psd.NO;
            default -> Psd.UNKNOWN;
        };
    }

    /** {@code t=y}: the policy is being tested and not to be applied. */
    public boolean isTesting() {
        return tags.getOrDefault("t", "n").equalsIgnoreCase("y");
    }

    /** Where aggregate reports go, {@code rua=}; URIs without a size limit. */
    public List<String> aggregateReportUris() {
        return ReportUri.valid(tags.getOrDefault("rua", ""));
    }

    /** Where failure reports go, {@code ruf=}. */
    public List<String> failureReportUris() {
        return ReportUri.valid(tags.getOrDefault("ruf", ""));
    }

    /** The tags as written, in lower case, without the version. */
    public Map<String, String> tags() {
        return tags;
    }
}
