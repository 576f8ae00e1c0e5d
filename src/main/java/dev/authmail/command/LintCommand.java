package dev.authmail.command;

import dev.authmail.lint.LintFinding;
import dev.authmail.lint.MessageLinter;
import dev.authmail.lint.SampleMail;
import dev.authmail.mail.MailMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code authmail lint}: whether mailbox providers take mail of this form. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Holds mails against what mailbox providers demand of their form and prints one",
            "JSON object for each. Without FILE: a mail of every template in every language,",
            "composed with the service's settings; the service does the same at its start.",
            "Exit status: 0 providers take them, 1 one would be refused, 2 wrong usage."
        })
public final class LintCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<List<SampleMail>> samples;
    private final InputStream in;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Mails; - is standard input.")
    private @Nullable List<String> files;

    @Option(names = "--smtputf8", description = "The header may hold UTF-8 (RFC 6532).")
    private boolean smtpUtf8;

    /**
     * @param samples a mail of every template
     * @param in what {@code -} means
     */
    public LintCommand(Supplier<List<SampleMail>> samples, InputStream in) {
        this.samples = samples;
        this.in = in;
    }

    @Override
    public Integer call() {
        List<String> named = files == null ? List.of() : files;
        boolean taken = true;
        for (String file : named) {
            taken &= file(file);
        }
        if (named.isEmpty()) {
            for (SampleMail sample : samples.get()) {
                taken &= print(JSON.createObjectNode().put("mail", sample.name()), sample.message());
            }
        }
        return taken ? 0 : 1;
    }

    private boolean file(String file) {
        ObjectNode line = JSON.createObjectNode().put("file", file);
        try (InputStream octets = file.equals("-") ? in : Files.newInputStream(Path.of(file))) {
            return print(line, MailFile.read(octets));
        } catch (IOException e) {
            print(line.put("error", "cannot be read: " + e.getClass().getSimpleName()));
            return false;
        }
    }

    private boolean print(ObjectNode line, MailMessage message) {
        byte[] octets = new byte[message.size()];
        message.octets().get(octets);
        List<LintFinding> findings = MessageLinter.lint(octets, smtpUtf8);
        boolean refused = findings.stream().anyMatch(LintFinding::isRejected);
        line.put("result", refused ? "rejected" : findings.isEmpty() ? "fine" : "advised");
        ArrayNode all = line.putArray("findings");
        findings.forEach(finding -> all.addObject()
                .put("rule", finding.rule().id())
                .put("level", finding.rule().level().name().toLowerCase(Locale.ROOT))
                .put("providers", finding.rule().providers())
                .put("what", finding.what())
                .put("mend", finding.mend()));
        print(line);
        return !refused;
    }

    private void print(ObjectNode line) {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }
}
