package dev.authmail.command;

import dev.authmail.address.Domain;
import dev.authmail.address.ParsedDomain;
import dev.authmail.dmarc.DmarcPolicy;
import dev.authmail.dmarc.DmarcRecord;
import dev.authmail.dmarc.PolicyDiscovery;
import dev.authmail.dmarc.PolicyDiscovery.Discovered;
import dev.authmail.dmarc.PolicyDiscovery.PublishedPolicy;
import dev.authmail.psl.PublicSuffixes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail dmarc}: which policy holds for a domain, and whose domain it is. RFC 9989 §4.10. */
@Command(
        name = "dmarc",
        mixinStandardHelpOptions = true,
        description = {
            "Finds the DMARC policy that holds for mail from a domain, and its organizational",
            "domain: by walking up the DNS (RFC 9989) and by the public suffix list (RFC 7489).",
            "Prints one JSON object a domain. Without DOMAIN, domains come from standard input.",
            "Exit status: 0 a policy holds for all, 1 not for one, 2 wrong usage."
        })
public final class DmarcCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final DnsSource source;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DOMAIN", arity = "0..*", description = "The domain in From.")
    private @Nullable List<String> domains;

    @Option(names = "--offline", description = "Ask no DNS: the public suffix list alone.")
    private boolean offline;

    @Mixin
    private DnsOption dns = new DnsOption();

    /** @param in where domains come from when none is named */
    public DmarcCommand(InputStream in) {
        this(DnsSource.network(), in);
    }

    /**
     * @param source where records are looked up
     * @param in where domains come from when none is named
     */
    public DmarcCommand(DnsSource source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        InputStream lines = domains == null || domains.isEmpty()
                ? in
                : new ByteArrayInputStream(String.join("\n", domains).getBytes(StandardCharsets.UTF_8));
        PolicyDiscovery discovery = new PolicyDiscovery(dns.open(source));
        boolean allHave =
                Batch.run(lines, Specs.of(spec).commandLine().getOut(), line -> answer(line.strip(), discovery));
        return allHave ? 0 : 1;
    }

    private Batch.Answer answer(String domain, PolicyDiscovery discovery) {
        ObjectNode line = JSON.createObjectNode().put("domain", domain);
        line.put("registrable", PublicSuffixes.registrable(domain).orElse(null));
        if (offline) {
            return new Batch.Answer(JSON.writeValueAsString(line), true);
        }
        boolean has = switch (Domain.parse(domain)) {
            case ParsedDomain.Invalid invalid -> {
                line.put("error", "the domain " + invalid.rule());
                yield false;
            }
            case ParsedDomain.Valid valid ->
                describe(discovery.discover(valid.domain().ascii()), valid.domain(), line);
        };
        return new Batch.Answer(JSON.writeValueAsString(line), has);
    }

    private static boolean describe(Discovered discovered, Domain domain, ObjectNode line) {
        return switch (discovered) {
            case Discovered.Unknown unknown -> {
                line.put("error", unknown.detail());
                yield false;
            }
            case Discovered.Known known -> {
                line.put("organizationalDomain", known.organizationalDomain());
                known.policy().ifPresent(policy -> describe(policy, domain, line));
                yield known.policy().isPresent();
            }
        };
    }

    private static void describe(PublishedPolicy published, Domain domain, ObjectNode line) {
        DmarcRecord record = published.record();
        DmarcPolicy policy = published.domain().equals(domain.ascii()) ? record.policy() : record.subdomainPolicy();
        line.put("recordAt", DmarcRecord.LABEL + "." + published.domain())
                .put("record", published.text())
                .put("policy", policy.word())
                .put("testing", record.isTesting());
    }
}
