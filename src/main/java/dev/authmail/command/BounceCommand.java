package dev.authmail.command;

import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceJson;
import dev.authmail.bounce.BounceReader;
import dev.authmail.bounce.BounceRules;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail bounce}: what mails that came back say. */
@Command(
        name = "bounce",
        description = {
            "Says what mails are that came back, and what became of ours.",
            "Prints one JSON line for each file: what it is and, for each recipient, what it means.",
            "Touches nothing.",
            "Exit status: 0 all were read, 1 a file could not be read, 2 wrong usage."
        },
        mixinStandardHelpOptions = true)
public final class BounceCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream in;
    private final Supplier<Optional<Path>> standardRules;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = {
                "A mail, or the body of one alone; - is standard input.",
                "Without any, standard input is a list of files, one a line."
            })
    private List<String> files = List.of();

    @Option(
            names = "--rules",
            paramLabel = "FOLDER",
            description = "Your own reply rules; those of authmail.rules.folder by default.")
    private @Nullable Path rules;

    /**
     * @param in standard input
     * @param standardRules the folder of reply rules that the service's settings name
     */
    public BounceCommand(InputStream in, Supplier<Optional<Path>> standardRules) {
        this.in = in;
        this.standardRules = standardRules;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        BounceReader reader = new BounceReader(BounceRules.shipped(), replyRules(), MimeLimits.defaults());
        boolean allRead = true;
        if (files.isEmpty()) {
            BufferedReader names = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                allRead &= name.isBlank() || read(name, reader, out);
            }
        }
        for (String file : files) {
            allRead &= read(file, reader, out);
        }
        return allRead ? 0 : 1;
    }

    private ReplyRules replyRules() {
        try {
            return Optional.ofNullable(rules)
                    .or(standardRules)
                    .map(ReplyRules::withOwn)
                    .orElseGet(ReplyRules::shipped);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    private boolean read(String file, BounceReader reader, PrintWriter out) {
        ObjectNode line = JSON.createObjectNode().put("file", file);
        try (InputStream octets = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            Bounce bounce = reader.read(octets);
            BounceJson.describe(bounce, line);
            return true;
        } catch (IOException | RuntimeException e) {
            // A mail that breaks us must not keep the others from being read.
            line.put("error", e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        } finally {
            out.println(JSON.writeValueAsString(line));
            out.flush();
        }
    }
}
