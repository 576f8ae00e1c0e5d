package dev.authmail.command;

import dev.authmail.dns.RecordProblem;
import dev.authmail.records.CheckedRecord;
import dev.authmail.records.RecordType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail record}: whether what a domain publishes is well written. */
@Command(name = "record", description = "Checks records that a domain publishes.", mixinStandardHelpOptions = true)
public final class RecordCommand {
    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    /** @param in where records come from when no file is named */
    public RecordCommand(InputStream in) {
        this.in = in;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks records and prints one JSON object for each: valid, problems with",
                "their place (characters from 0) and mend, and what the record says.",
                "Without FILE, records are read from standard input, one a line: plain, or as",
                "JSON strings, of which several in a line are joined as DNS joins them",
                "(what dig +short prints). A FILE holds one record or policy.",
                "Exit status: 0 all valid, 1 one is not, 2 wrong usage."
            })
    int check(
            @Parameters(
                            paramLabel = "TYPE",
                            description = {
                                "dmarc, spf, dkim-key, mta-sts, mta-sts-policy, tls-rpt,",
                                "dkim-signature (a header field with its CRLF), dkim-signature-ascii",
                                "(of a mail without SMTPUTF8), address, local-part."
                            })
                    String type,
            @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files of one record each.")
                    List<Path> files)
            throws IOException {
        RecordType known = RecordType.of(type)
                .orElseThrow(() -> CommandFailure.usage(
                        "there is no type " + type + "; it is one of " + String.join(", ", RecordType.words())));
        return files == null || files.isEmpty() ? lines(known) : files(known, files);
    }

    private int files(RecordType type, List<Path> files) {
        boolean allValid = true;
        for (Path file : files) {
            try {
                allValid &= print(JSON.createObjectNode().put("file", file.toString()), type, Files.readString(file));
            } catch (IOException e) {
                throw CommandFailure.notDone(file + " cannot be read as UTF-8: " + e.getMessage());
            }
        }
        return allValid ? 0 : 1;
    }

    private int lines(RecordType type) throws IOException {
        boolean allValid = true;
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isEmpty()) {
                Optional<String> text = RecordLine.text(line);
                allValid &= text.isPresent() && print(JSON.createObjectNode(), type, text.get());
                if (text.isEmpty()) {
                    out().println(JSON.writeValueAsString(JSON.createObjectNode()
                            .put("error", "the line begins with a quote and is no JSON string")));
                }
            }
        }
        out().flush();
        return allValid ? 0 : 1;
    }

    private boolean print(ObjectNode line, RecordType type, String text) {
        CheckedRecord checked = type.check(text);
        line.put("type", type.word()).put("valid", checked.isValid());
        ArrayNode problems = line.putArray("problems");
        for (RecordProblem problem : checked.problems()) {
            problems.addObject()
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("position", problem.position())
                    .put("what", problem.what())
                    .put("mend", problem.mend());
        }
        line.set("values", JSON.valueToTree(checked.values()));
        out().println(JSON.writeValueAsString(line));
        out().flush();
        return checked.isValid();
    }

    private PrintWriter out() {
        return Specs.of(spec).commandLine().getOut();
    }
}
