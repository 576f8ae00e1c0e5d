package dev.authmail.command;

import dev.authmail.reports.ReportReader;
import dev.authmail.reports.ReportReading;
import dev.authmail.reports.SourceSummary;
import dev.authmail.reports.UnpackLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code authmail reports}: what receivers report about our mail. */
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = "Reads DMARC aggregate reports and TLS reports, however they are packed.")
public final class ReportsCommand {
    private static final JsonMapper JSON = new JsonMapper();
    private static final UnpackLimits LIMITS = UnpackLimits.defaults();

    private final InputStream in;
    private final ReportReader reader = new ReportReader(LIMITS);

    @Spec
    private @Nullable CommandSpec spec;

    /** @param in what {@code -} means, and where file names come from when none is given */
    public ReportsCommand(InputStream in) {
        this.in = in;
    }

    @Command(
            name = "read",
            mixinStandardHelpOptions = true,
            description = {
                "Prints one JSON object for each report: DMARC (RFC 9990, RFC 7489) or TLS (RFC",
                "8460), in mails, zip, gzip or plain. What cannot be read is told with a reason.",
                "Without FILE, file names come from standard input, one a line.",
                "Exit status: 0 all read, 1 one could not be, 2 wrong usage."
            })
    int read(
            @Parameters(paramLabel = "FILE", arity = "0..*", description = "Mails or reports; - is standard input.")
                    List<String> files,
            @Option(names = "--rows", description = "With every row of the reports.") boolean rows)
            throws IOException {
        return each(files, (file, reading) -> print(JSON.writeValueAsString(ReportPrint.line(reading, file, rows))));
    }

    @Command(
            name = "summarise",
            aliases = "summarize",
            mixinStandardHelpOptions = true,
            description = {
                "Sums DMARC reports up: who sends as us, from where, what passes. One JSON object",
                "for each address and domain in From, those with the most mails first. A report",
                "that comes twice counts once. At the end, for each domain, whether it is time for",
                "p=quarantine or p=reject. What cannot be read is told on standard error.",
                "Exit status: 0 all read, 1 one could not be, 2 wrong usage."
            })
    int summarise(
            @Parameters(paramLabel = "FILE", arity = "0..*", description = "Mails or reports; - is standard input.")
                    List<String> files)
            throws IOException {
        SourceSummary.Collector sources = new SourceSummary.Collector();
        int status = each(files, (file, reading) -> {
            switch (reading) {
                case ReportReading.Aggregate aggregate -> sources.add(aggregate.report());
                case ReportReading.Tls tls -> {}
                case ReportReading.Unreadable unreadable ->
                    Specs.of(spec).commandLine().getErr().println(file + ": " + unreadable.reason());
            }
        });
        sources.summaries().forEach(source -> print(JSON.writeValueAsString(ReportPrint.line(source))));
        sources.advice().forEach(advice -> print(JSON.writeValueAsString(ReportPrint.line(advice))));
        return status;
    }

    private void print(String line) {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private int each(@Nullable List<String> files, BiConsumer<String, ReportReading> take) throws IOException {
        boolean fine = true;
        if (files != null && !files.isEmpty()) {
            for (String file : files) {
                fine &= one(file, take);
            }
        } else {
            BufferedReader names = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                fine &= name.isBlank() || one(name, take);
            }
        }
        return fine ? 0 : 1;
    }

    private boolean one(String file, BiConsumer<String, ReportReading> take) {
        List<ReportReading> readings = read(file);
        readings.forEach(reading -> take.accept(file, reading));
        return readings.stream().noneMatch(r -> r instanceof ReportReading.Unreadable);
    }

    private List<ReportReading> read(String file) {
        try (InputStream octets = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            return reader.read(octets.readNBytes(LIMITS.packed() + 1));
        } catch (IOException | InvalidPathException e) {
            return List.of(new ReportReading.Unreadable(
                    "", "the file cannot be read: " + e.getClass().getSimpleName()));
        }
    }
}
