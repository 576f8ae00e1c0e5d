package dev.authmail.spf;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsAnswer;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The DNS within the limits of one evaluation; counts what is asked. RFC 7208 §4.6.4. Not thread-safe. */
final class Lookups {
    private final Dns dns;
    private final SpfSettings settings;
    private final Clock clock;
    private final Instant end;
    private int terms;
    private int voids;
    private boolean termIsVoid;

    Lookups(Dns dns, SpfSettings settings, Clock clock) {
        this.dns = dns;
        this.settings = settings;
        this.clock = clock;
        this.end = clock.instant().plus(settings.timeout());
    }

    /** What a question came to. */
    sealed interface Found<T> {
        /** Records, or none. */
        record Records<T>(List<T> records) implements Found<T> {}

        /** The evaluation ends here. */
        record Stop<T>(SpfResult result, String reason) implements Found<T> {}
    }

    /** Counts a term that asks the DNS; false when it is one too many. */
    boolean admitTerm() {
        termIsVoid = false;
        return ++terms <= settings.maxLookups();
    }

    int terms() {
        return terms;
    }

    int maxTerms() {
        return settings.maxLookups();
    }

    int voids() {
        return voids;
    }

    /** Asks for the term that was admitted last, and counts it when nothing was found. */
    <T> Found<T> ask(String name, Supplier<DnsAnswer<T>> question) {
        if (!Names.canBeAsked(name)) {
            return new Found.Records<>(List.of()); // no such name can exist
        }
        if (clock.instant().isAfter(end)) {
            return new Found.Stop<>(
                    SpfResult.TEMPERROR,
                    "it took longer than " + settings.timeout().toSeconds() + " s");
        }
        return switch (question.get()) {
            case DnsAnswer.Found<T> found -> new Found.Records<>(found.records());
            case DnsAnswer.NoSuchName<T> none -> counted();
            case DnsAnswer.NoData<T> none -> counted();
            case DnsAnswer.Failed<T> failed -> new Found.Stop<>(SpfResult.TEMPERROR, failed.detail());
        };
    }

    /** The TXT records of a domain. That there are none ends the evaluation anyway, and is not counted. §4.4, §4.5. */
    Found<String> texts(String domain) {
        return ask(domain, () -> switch (dns.txt(domain)) {
            case DnsAnswer.NoSuchName<String> none -> new DnsAnswer.Found<>(List.of());
            case DnsAnswer.NoData<String> none -> new DnsAnswer.Found<>(List.of());
            case DnsAnswer.Found<String> found -> found;
            case DnsAnswer.Failed<String> failed -> failed;
        });
    }

    /** The addresses of a host, of the client's family. §5. */
    Found<InetAddress> addresses(String name, InetAddress client) {
        return ask(name, () -> widened(client.getAddress().length == 4 ? dns.a(name) : dns.aaaa(name)));
    }

    private static DnsAnswer<InetAddress> widened(DnsAnswer<? extends InetAddress> answer) {
        return switch (answer) {
            case DnsAnswer.Found<? extends InetAddress> found ->
                new DnsAnswer.Found<>(List.<InetAddress>copyOf(found.records()));
            case DnsAnswer.NoSuchName<? extends InetAddress> none -> new DnsAnswer.NoSuchName<>();
            case DnsAnswer.NoData<? extends InetAddress> none -> new DnsAnswer.NoData<>();
            case DnsAnswer.Failed<? extends InetAddress> failed -> new DnsAnswer.Failed<>(failed.detail());
        };
    }

    /** The texts of an explanation, which counts for no limit; none when the DNS did not answer. §6.2. */
    List<String> explanations(String name) {
        return Names.canBeAsked(name) && dns.txt(name) instanceof DnsAnswer.Found<String> found
                ? found.records()
                : List.of();
    }

    Dns dns() {
        return dns;
    }

    /** §4.6.4 limits the terms whose questions find nothing: a term counts once, however many of its questions do. */
    private <T> Found<T> counted() {
        voids += termIsVoid ? 0 : 1;
        termIsVoid = true;
        return voids <= settings.maxVoidLookups()
                ? new Found.Records<>(List.of())
                : new Found.Stop<>(
                        SpfResult.PERMERROR,
                        "the look-ups of more than " + settings.maxVoidLookups()
                                + " terms found nothing (RFC 7208 §4.6.4)");
    }
}
