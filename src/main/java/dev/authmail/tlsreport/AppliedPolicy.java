package dev.authmail.tlsreport;

import dev.authmail.mtasts.MxPattern;
import dev.authmail.mtasts.StsPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The policy under which a session was tried. RFC 8460 §4.4.
 *
 * @param type which kind
 * @param lines the policy as text, for {@code policy-string}; may be empty
 * @param hosts the patterns of an MTA-STS policy, for {@code mx-host}
 */
record AppliedPolicy(Type type, List<String> lines, List<String> hosts) {
    /** The words of RFC 8460 §4.4. */
    enum Type {
        TLSA,
        STS,
        NO_POLICY_FOUND;

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    AppliedPolicy {
        lines = List.copyOf(lines);
        hosts = List.copyOf(hosts);
    }

    static AppliedPolicy of(Type type) {
        return new AppliedPolicy(type, List.of(), List.of());
    }

    static AppliedPolicy of(StsPolicy policy) {
        List<String> hosts = policy.mx().stream().map(MxPattern::text).toList();
        List<String> lines = new ArrayList<>();
        lines.add("version: STSv1");
        lines.add("mode: " + policy.mode().name().toLowerCase(Locale.ROOT));
        hosts.forEach(host -> lines.add("mx: " + host));
        lines.add("max_age: " + policy.maxAge().toSeconds());
        return new AppliedPolicy(Type.STS, lines, hosts);
    }
}
