package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.authurl.AuthUrlVerifier;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import dev.authmail.authurl.UrlKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail url}: what an operator does with signed links. */
@Command(name = "url", description = "Works with the signed links of the mails.")
public final class UrlCommand {
    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream in;
    private final PrintStream out;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * @param in the links
     * @param out the verdicts
     * @param clock says what has expired, unless {@code --at} does
     */
    public UrlCommand(InputStream in, PrintStream out, Clock clock) {
        this.in = in;
        this.out = out;
        this.clock = clock;
    }

    /** Verifies links from standard input, one a line, so that none stands in a shell history or process list. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Verifies links read from standard input, one a line: whole URLs, or path and query.",
                "Prints one JSON object a line. Exit status: 0 all valid, 1 some expired or invalid, 2 wrong usage."
            })
    int verify(
            @Option(names = "--keys", required = true, paramLabel = "DIR", description = "Folder of <kid>.key files.")
                    Path keys,
            @Option(names = "--origin", required = true, paramLabel = "URL", description = "Public origin.")
                    String origin,
            @Option(names = "--purpose", required = true, paramLabel = "P", description = "Such as verify-email.")
                    String purpose,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "The time to verify at, RFC 3339 or Unix seconds; now by default.")
                    @Nullable
                    String at)
            throws IOException {
        var time = Optional.ofNullable(at).map(this::fixed).orElse(clock);
        var verifier = verifier(keys, origin, time);
        boolean allValid = true;
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                var verdict = verdict(verifier, target(line.strip(), origin), purpose);
                allValid &= verdict.path("result").asString().equals("valid");
                out.println(JSON.writeValueAsString(verdict));
            }
        }
        out.flush();
        return allValid ? 0 : 1;
    }

    private AuthUrlVerifier verifier(Path keys, String origin, Clock time) {
        try {
            return UrlKeys.read(keys).verifier(URI.create(origin), time);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private Clock fixed(String text) {
        return PointInTime.parse(text)
                .map(instant -> Clock.fixed(instant, ZoneOffset.UTC))
                .orElseThrow(() ->
                        wrongUsage("--at " + text + " is not a time, such as 2026-11-24T12:00:00Z or 1700000000"));
    }

    private ParameterException wrongUsage(String why) {
        return new ParameterException(spec == null ? new picocli.CommandLine(this) : spec.commandLine(), why);
    }

    /** Path and query as a server sees them; empty for a link to another origin. */
    private static Optional<String> target(String line, String origin) {
        var prefix = origin.replaceFirst("/$", "");
        var path = line.startsWith(prefix + "/") ? line.substring(prefix.length()) : line;
        // A browser keeps the fragment to itself.
        return path.startsWith("/") ? Optional.of(path.split("#", 2)[0]) : Optional.empty();
    }

    private static ObjectNode verdict(AuthUrlVerifier verifier, Optional<String> target, String purpose) {
        var json = JSON.createObjectNode();
        if (target.isEmpty()) {
            return json.put("result", "invalid").put("why", "is a link to another origin");
        }
        return switch (verifier.verify(target.get(), purpose)) {
            case Verification.Valid(var link) -> describe(json.put("result", "valid"), link);
            case Verification.Expired(var link) -> describe(json.put("result", "expired"), link);
            case Verification.Invalid(var why) -> json.put("result", "invalid").put("why", why);
        };
    }

    private static ObjectNode describe(ObjectNode json, AuthUrlVerifier.VerifiedLink link) {
        json.put("userId", link.userId());
        json.put("addressHash", link.addressHash());
        json.put("expires", link.expires().toString());
        json.put("id", link.id());
        link.next().ifPresent(next -> json.put("next", next));
        return json;
    }
}
