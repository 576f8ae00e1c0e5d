package dev.authmail.spf;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.RecordProblem;
import dev.authmail.spf.Mechanism.DualCidr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one mechanism, without its qualifier. RFC 7208 §12. */
final class MechanismParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][-A-Za-z0-9_.]*");
    private static final Pattern DUAL = Pattern.compile("(?:/([0-9]+))?(?://([0-9]+))?$");
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final String term;
    private final int at;
    private final List<RecordProblem> problems;

    MechanismParser(String term, int at, List<RecordProblem> problems) {
        this.term = term;
        this.at = at;
        this.problems = problems;
    }

    Optional<Mechanism> parse() {
        Matcher name = NAME.matcher(term);
        int end = name.lookingAt() ? name.end() : 0;
        return switch (term.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "all" -> all(end);
            case "include" -> domain(end).map(Mechanism.Include::new);
            case "exists" -> domain(end).map(Mechanism.Exists::new);
            case "ptr" -> ptr(end);
            case "a" -> dual(end, Mechanism.A::new);
            case "mx" -> dual(end, Mechanism.Mx::new);
            case "ip4" -> network(end, IPV4_BITS);
            case "ip6" -> network(end, IPV6_BITS);
            default -> problem(0, "no mechanism that there is", "use ip4, ip6, a, mx, include, exists or all");
        };
    }

    private Optional<Mechanism> all(int end) {
        return end == term.length()
                ? Optional.of(new Mechanism.All())
                : problem(end, "all takes nothing behind it", "write all alone");
    }

    private Optional<Mechanism> ptr(int end) {
        return end == term.length()
                ? Optional.of(new Mechanism.Ptr(Optional.empty()))
                : domain(end).map(domain -> new Mechanism.Ptr(Optional.of(domain)));
    }

    private Optional<MacroString> domain(int end) {
        if (end == term.length() || term.charAt(end) != ':') {
            problem(end, "no colon and domain where they must stand", "write " + term.substring(0, end) + ":domain");
            return Optional.empty();
        }
        return DomainSpec.parse(term.substring(end + 1), at + end + 1, problems);
    }

    private interface WithCidr {
        Mechanism of(Optional<MacroString> domain, DualCidr cidr);
    }

    private Optional<Mechanism> dual(int end, WithCidr form) {
        Matcher lengths = DUAL.matcher(term);
        if (!lengths.find(end)) {
            throw new IllegalStateException("a pattern that matches nothing found nothing");
        }
        Optional<Integer> ipv4 = length(lengths, 1, IPV4_BITS);
        Optional<Integer> ipv6 = length(lengths, 2, IPV6_BITS);
        String domain = term.substring(end, lengths.start());
        if (!domain.isEmpty() && domain.charAt(0) != ':') {
            return problem(end, "neither a colon nor a prefix length", "write such as a:host.example.com/24");
        }
        Optional<MacroString> spec =
                domain.isEmpty() ? Optional.empty() : DomainSpec.parse(domain.substring(1), at + end + 1, problems);
        boolean broken = ipv4.isEmpty() || ipv6.isEmpty() || !domain.isEmpty() && spec.isEmpty();
        return broken
                ? Optional.empty()
                : Optional.of(form.of(spec, new DualCidr(ipv4.orElseThrow(), ipv6.orElseThrow())));
    }

    /** A prefix length; the whole address when none is written, nothing when it is wrong. */
    private Optional<Integer> length(Matcher matcher, int group, int bits) {
        String digits = matcher.group(group);
        if (digits == null) {
            return Optional.of(bits);
        }
        Optional<Integer> length = length(digits, bits);
        if (length.isEmpty()) {
            problem(matcher.start(group), "no prefix length of 0 to " + bits, "write 0 to " + bits);
        }
        return length;
    }

    private static Optional<Integer> length(String digits, int bits) {
        boolean plain = digits.matches("0|[1-9][0-9]{0,2}");
        return plain && Integer.parseInt(digits) <= bits ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }

    private Optional<Mechanism> network(int end, int bits) {
        if (end == term.length() || term.charAt(end) != ':') {
            return problem(end, "no colon and address where they must stand", "write such as ip4:192.0.2.1");
        }
        int slash = term.indexOf('/', end);
        int addressEnd = slash < 0 ? term.length() : slash;
        Optional<byte[]> octets =
                IpAddress.octets(term.substring(end + 1, addressEnd)).filter(o -> o.length * 8 == bits);
        Optional<Integer> length = slash < 0 ? Optional.of(bits) : length(term.substring(slash + 1), bits);
        if (octets.isEmpty()) {
            return problem(end + 1, "not an IP" + (bits == IPV4_BITS ? "v4" : "v6") + " address", "write it in full");
        }
        if (length.isEmpty()) {
            return problem(slash, "no prefix length of 0 to " + bits, "write /0 to /" + bits);
        }
        return Optional.of(new Mechanism.Ip(new Network(octets.orElseThrow(), length.orElseThrow())));
    }

    private <T> Optional<T> problem(int from, String what, String mend) {
        problems.add(RecordProblem.error(at + from, what, mend));
        return Optional.empty();
    }
}
