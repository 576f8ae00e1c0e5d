package dev.authmail.command;

import dev.authmail.address.IpAddress;
import dev.authmail.dns.Dns;
import dev.authmail.spf.SpfEvaluation;
import dev.authmail.spf.SpfEvaluator;
import dev.authmail.spf.SpfQuery;
import dev.authmail.spf.SpfResult;
import dev.authmail.spf.SpfSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail spf}: may this address send for this domain? RFC 7208. */
@Command(
        name = "spf",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether an address may send for a domain, and which term of its SPF record",
            "says so, as one JSON line. Without --ip, questions are read from standard input,",
            "one JSON object a line: {\"ip\": \"192.0.2.1\", \"from\": \"a@example.com\",",
            "\"helo\": \"mail.example.com\", \"id\": \"yours, comes back\"}.",
            "Exit status: 0 all pass, 1 one does not, 2 wrong usage."
        })
public final class SpfCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final DnsSource source;
    private final Clock clock;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "The address that sends, IPv4 or IPv6.")
    private @Nullable String ip;

    @Option(
            names = "--from",
            paramLabel = "ADDRESS",
            defaultValue = "",
            description = "The envelope sender, or a domain alone; empty for a bounce, so that --helo is checked.")
    private String from = "";

    @Option(names = "--helo", paramLabel = "NAME", defaultValue = "", description = "The name given in EHLO.")
    private String helo = "";

    @Option(
            names = "--receiver",
            paramLabel = "NAME",
            defaultValue = "unknown",
            description = "Who asks, for explanations that say it.")
    private String receiver = "unknown";

    @Mixin
    private DnsOption dns = new DnsOption();

    /** Asks the real DNS. */
    public SpfCommand(Clock clock, InputStream in) {
        this(DnsSource.network(), clock, in);
    }

    /**
     * @param source where records are looked up
     * @param clock bounds the time of an evaluation
     * @param in where questions come from without {@code --ip}
     */
    public SpfCommand(DnsSource source, Clock clock, InputStream in) {
        this.source = source;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        Dns opened = dns.open(source);
        SpfSettings standard = SpfSettings.defaults();
        SpfSettings settings =
                new SpfSettings(standard.maxLookups(), standard.maxVoidLookups(), standard.timeout(), receiver);
        SpfEvaluator evaluator = new SpfEvaluator(opened, settings, clock);
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        if (ip == null) {
            return Batch.run(in, out, line -> answer(line, evaluator)) ? 0 : 1;
        }
        if (from.isEmpty() && helo.isEmpty()) {
            throw CommandFailure.usage("name the sender with --from, or the host with --helo");
        }
        Batch.Answer answer = answer(JSON.createObjectNode(), ip, from, helo, evaluator);
        if (answer.line().isEmpty()) {
            throw CommandFailure.usage("--ip " + ip + " is not an IP address, such as 192.0.2.1");
        }
        out.println(answer.line());
        out.flush();
        return answer.fine() ? 0 : 1;
    }

    private static Batch.Answer answer(String line, SpfEvaluator evaluator) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            JsonNode question = JSON.readTree(line);
            if (question.has("id")) {
                answer.set("id", question.get("id"));
            }
            String client = question.path("ip").asString("");
            Batch.Answer known = answer(
                    answer,
                    client,
                    question.path("from").asString(""),
                    question.path("helo").asString(""),
                    evaluator);
            return known.line().isEmpty() ? error(answer, "\"ip\" is missing or no IP address") : known;
        } catch (JacksonException e) {
            return error(answer, "not a JSON object: " + e.getOriginalMessage());
        }
    }

    private static Batch.Answer error(ObjectNode answer, String why) {
        return new Batch.Answer(JSON.writeValueAsString(answer.put("error", why)), false);
    }

    /** The answer; an empty line when the address is none. */
    private static Batch.Answer answer(
            ObjectNode line, String client, String from, String helo, SpfEvaluator evaluator) {
        return IpAddress.parse(client)
                .map(address -> evaluator.evaluate(SpfQuery.of(address, from, helo)))
                .map(evaluation -> new Batch.Answer(
                        JSON.writeValueAsString(describe(evaluation, line.put("ip", client))),
                        evaluation.result() == SpfResult.PASS))
                .orElseGet(() -> new Batch.Answer("", false));
    }

    private static ObjectNode describe(SpfEvaluation evaluation, ObjectNode line) {
        line.put("identity", evaluation.identity() == SpfQuery.Identity.HELO ? "helo" : "mailfrom");
        line.put("domain", evaluation.domain())
                .put("result", evaluation.result().word());
        ObjectNode matched = JSON.createObjectNode();
        evaluation.matched().ifPresent(m -> matched.put("term", m.term()).put("domain", m.domain()));
        line.set("matched", evaluation.matched().isPresent() ? matched : JSON.nullNode());
        return line.put("reason", evaluation.reason())
                .put("explanation", evaluation.explanation().orElse(null))
                .put("lookups", evaluation.lookups())
                .put("voidLookups", evaluation.voidLookups());
    }
}
