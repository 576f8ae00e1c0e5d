package dev.authmail.command;

import dev.authmail.dkim.DkimResult;
import dev.authmail.dkim.DkimVerification;
import dev.authmail.dkim.DkimVerifier;
import dev.authmail.dkim.SignatureResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail dkim}: what a mail's DKIM signatures are worth. RFC 6376 §6. */
@Command(name = "dkim", description = "Verifies the DKIM signatures of mails.", mixinStandardHelpOptions = true)
public final class DkimCommand implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();

    private final DnsSource dns;
    private final Clock clock;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    /** Asks the real DNS. */
    public DkimCommand(Clock clock, InputStream in) {
        this(DnsSource.network(), clock, in);
    }

    /**
     * @param dns where keys are looked up
     * @param clock the time when {@code --at} says none
     * @param in what {@code -} means
     */
    public DkimCommand(DnsSource dns, Clock clock, InputStream in) {
        this.dns = dns;
        this.clock = clock;
        this.in = in;
    }

    @Override
    public void run() {
        throw new ParameterException(spec().commandLine(), "Say what to do: dkim verify FILE…");
    }

    @Command(
            name = "verify",
            description = {
                "Verifies mails and prints one JSON line for each.",
                "Exits with 0 when all pass, 1 when one does not, 2 when it was called wrongly."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "A mail; - is standard input.")
                    List<String> files,
            @Mixin DnsOption server,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "The time to verify at, RFC 3339 or Unix seconds; now by default.")
                    @Nullable
                    String at) {
        DnsPublishedKeys keys = new DnsPublishedKeys(server.open(dns));
        DkimVerifier verifier =
                new DkimVerifier(keys, Optional.ofNullable(at).map(this::fixed).orElse(clock));
        PrintWriter out = spec().commandLine().getOut();
        boolean allPass = true;
        for (String file : files) {
            allPass &= verify(file, verifier, out);
        }
        return allPass ? 0 : 1;
    }

    private boolean verify(String file, DkimVerifier verifier, PrintWriter out) {
        ObjectNode line = JSON.createObjectNode().put("file", file);
        try (InputStream octets = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            DkimVerification verification = verifier.verify(MailFile.read(octets));
            describe(verification, line);
            return verification.result() == DkimResult.PASS;
        } catch (IOException | RuntimeException e) {
            // A mail that breaks us must not keep the others from being verified.
            line.put("error", e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        } finally {
            out.println(JSON.writeValueAsString(line));
            out.flush();
        }
    }

    private static void describe(DkimVerification verification, ObjectNode line) {
        line.put("result", verification.result().word());
        ArrayNode signatures = line.putArray("signatures");
        for (SignatureResult signature : verification.signatures()) {
            signatures
                    .addObject()
                    .put("domain", signature.domain())
                    .put("selector", signature.selector())
                    .put("algorithm", signature.algorithm())
                    .put("result", signature.result().word())
                    .put("reason", signature.reason());
        }
    }

    private Clock fixed(String text) {
        return PointInTime.parse(text)
                .map(instant -> Clock.fixed(instant, ZoneOffset.UTC))
                .orElseThrow(() -> new ParameterException(
                        spec().commandLine(),
                        "--at " + text + " is not a time, such as 2026-11-24T12:00:00Z or 1700000000"));
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's spec before it runs it");
        }
        return spec;
    }
}
