package dev.authmail.spf;

import dev.authmail.dns.MxRecord;
import dev.authmail.dns.RecordProblem;
import dev.authmail.spf.Lookups.Found;
import dev.authmail.spf.Mechanism.DualCidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** One evaluation: the record of a domain, and those it includes or redirects to. RFC 7208 §4.4 to §6.1. */
final class CheckHost {
    private static final int MAX_EXCHANGERS = 10;
    private static final Matching YES = new Matching.Yes();
    private static final Matching NO = new Matching.No();

    private final InetAddress client;
    private final Lookups lookups;
    private final MacroExpander macros;
    private final ValidatedNames names;

    CheckHost(InetAddress client, Lookups lookups, MacroExpander macros, ValidatedNames names) {
        this.client = client;
        this.lookups = lookups;
        this.macros = macros;
        this.names = names;
    }

    /** What comparing the client with one mechanism came to. */
    private sealed interface Matching {
        record Yes() implements Matching {}

        record No() implements Matching {}

        /** The whole evaluation ends. */
        record Stop(SpfResult result, String reason) implements Matching {}
    }

    /** The record of a domain, found and read. */
    private sealed interface Published {
        record Readable(SpfRecord record) implements Published {}

        record Other(Verdict verdict) implements Published {}
    }

    /** Evaluates the record of a domain; recursion is bounded by the limit of look-ups. */
    Verdict check(String domain) {
        return switch (published(domain)) {
            case Published.Other other -> other.verdict();
            case Published.Readable readable -> evaluate(readable.record(), domain);
        };
    }

    private Published published(String domain) {
        // A name without a record is no void look-up: §4.6.4 counts those of terms, and §4.5 says none.
        return switch (lookups.texts(domain)) {
            case Found.Stop<String> stop -> other(stop.result(), stop.reason());
            case Found.Records<String> texts -> select(texts.records(), domain);
        };
    }

    private static Published select(List<String> texts, String domain) {
        List<String> records = texts.stream().filter(SpfRecord::isSpf).toList();
        if (records.isEmpty()) {
            return other(SpfResult.NONE, domain + " publishes no SPF record");
        }
        if (records.size() > 1) {
            return other(SpfResult.PERMERROR, domain + " publishes " + records.size() + " SPF records; one is allowed");
        }
        SpfRecord.Reading reading = SpfRecord.parse(records.getFirst());
        if (reading.record().isEmpty()) {
            RecordProblem first = reading.problems().stream()
                    .filter(RecordProblem::isError)
                    .findFirst()
                    .orElseThrow();
            return other(
                    SpfResult.PERMERROR,
                    "the record of " + domain + " is broken at character " + first.position() + ": " + first.what());
        }
        return reading.record().get().namesOneLabel()
                ? other(SpfResult.PERMERROR, "the record of " + domain + " names a domain of one label")
                : new Published.Readable(reading.record().get());
    }

    private static Published other(SpfResult result, String reason) {
        return new Published.Other(Verdict.of(result, reason));
    }

    private Verdict evaluate(SpfRecord record, String domain) {
        for (Directive directive : record.directives()) {
            switch (match(directive.mechanism(), domain)) {
                case Matching.No no -> {}
                case Matching.Yes yes -> {
                    SpfResult result = directive.qualifier().result();
                    return new Verdict(
                            result,
                            directive.text() + " matches",
                            Optional.of(directive.text()),
                            domain,
                            record.explanation());
                }
                case Matching.Stop stop -> {
                    return Verdict.of(stop.result(), stop.reason()).by(directive.text(), domain);
                }
            }
        }
        return record.redirect()
                .filter(target -> !macros.cannotBeAName(target))
                .map(target -> redirect(target, domain))
                .orElseGet(() -> Verdict.of(SpfResult.NEUTRAL, "no term of the record of " + domain + " matches"));
    }

    /** §6.1. */
    private Verdict redirect(MacroString target, String domain) {
        String term = "redirect=";
        if (!lookups.admitTerm()) {
            return Verdict.of(SpfResult.PERMERROR, tooMany()).by(term, domain);
        }
        String next = Names.shortened(macros.expand(target, domain));
        Verdict verdict = check(next);
        return verdict.result() == SpfResult.NONE
                ? Verdict.of(SpfResult.PERMERROR, "redirected to " + next + ", which has no SPF record")
                        .by(term + next, domain)
                : verdict;
    }

    private Matching match(Mechanism mechanism, String domain) {
        if (mechanism.asksDns() && !lookups.admitTerm()) {
            return new Matching.Stop(SpfResult.PERMERROR, tooMany());
        }
        if (mechanism.named().filter(macros::cannotBeAName).isPresent()) {
            return NO;
        }
        return switch (mechanism) {
            case Mechanism.All all -> YES;
            case Mechanism.Ip ip -> matching(ip.network().contains(client.getAddress()));
            case Mechanism.Include include -> include(target(Optional.of(include.domain()), domain));
            case Mechanism.A a -> address(target(a.domain(), domain), a.cidr());
            case Mechanism.Mx mx -> exchangers(target(mx.domain(), domain), mx.cidr());
            case Mechanism.Ptr ptr -> pointer(target(ptr.domain(), domain));
            case Mechanism.Exists exists -> exists(target(Optional.of(exists.domain()), domain));
        };
    }

    private String tooMany() {
        return "more than " + lookups.maxTerms() + " terms ask the DNS (RFC 7208 §4.6.4)";
    }

    private String target(Optional<MacroString> spec, String domain) {
        return spec.map(s -> Names.shortened(macros.expand(s, domain))).orElse(domain);
    }

    /** §5.2. */
    private Matching include(String target) {
        Verdict verdict = check(target);
        return switch (verdict.result()) {
            case PASS -> YES;
            case FAIL, SOFTFAIL, NEUTRAL -> NO;
            case TEMPERROR, PERMERROR -> new Matching.Stop(verdict.result(), verdict.reason());
            case NONE -> new Matching.Stop(SpfResult.PERMERROR, "included " + target + ", which has no SPF record");
        };
    }

    /** §5.3. */
    private Matching address(String host, DualCidr cidr) {
        return with(
                lookups.addresses(host, client),
                addresses -> matching(addresses.stream()
                        .anyMatch(a -> cidr.around(a.getAddress()).contains(client.getAddress()))));
    }

    /** §5.4: never the address of the domain itself; more than ten exchangers are an error, whoever matches. */
    private Matching exchangers(String target, DualCidr cidr) {
        return with(lookups.ask(target, () -> lookups.dns().mx(target)), records -> {
            if (records.size() > MAX_EXCHANGERS) {
                return new Matching.Stop(
                        SpfResult.PERMERROR, target + " has more than " + MAX_EXCHANGERS + " mail exchangers");
            }
            for (MxRecord record : records) {
                Matching matching = address(record.exchange(), cidr);
                if (!(matching instanceof Matching.No)) {
                    return matching;
                }
            }
            return NO;
        });
    }

    /** §5.5. */
    private Matching pointer(String target) {
        return with(names.all(), found -> matching(found.stream().anyMatch(name -> Names.isWithin(name, target))));
    }

    /** §5.7: always an IPv4 address, whatever the client has. */
    private Matching exists(String target) {
        return with(lookups.ask(target, () -> lookups.dns().a(target)), found -> matching(!found.isEmpty()));
    }

    private interface Comparison<T> {
        Matching of(List<T> records);
    }

    private static <T> Matching with(Found<T> found, Comparison<T> comparison) {
        return switch (found) {
            case Found.Records<T> records -> comparison.of(records.records());
            case Found.Stop<T> stop -> new Matching.Stop(stop.result(), stop.reason());
        };
    }

    private static Matching matching(boolean matches) {
        return matches ? YES : NO;
    }
}
