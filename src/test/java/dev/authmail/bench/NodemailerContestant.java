package dev.authmail.bench;

import dev.authmail.template.MailModel;
import dev.authmail.template.RenderedMail;
import dev.authmail.template.Rendering;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.testkit.TestKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/** {@code bench/nodemailer/send.mjs}: the words of authmail's own templates, no Kafka, events on its standard input. */
final class NodemailerContestant implements Contestant {
    private static final Path FOLDER = Path.of("bench", "nodemailer");
    private static final String URL = "https://app.bench.test/the-link";
    private static final String NAME = "Placeholder";

    private final Process process;
    private final SinkProcess sink;
    private final OutputStream events;
    private final IntFunction<String> domains;

    NodemailerContestant(int connections, SinkProcess sink, Path folder, IntFunction<String> domains)
            throws IOException {
        this.sink = sink;
        this.domains = domains;
        writeTemplate(folder, "ja");
        writeTemplate(folder, "en");
        ProcessBuilder builder = new ProcessBuilder("node", "send.mjs")
                .directory(FOLDER.toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "BENCH_PORT", Integer.toString(sink.port),
                        "BENCH_AUTHORITY", sink.authority.toString(),
                        "BENCH_CONNECTIONS", Integer.toString(connections),
                        "BENCH_TEMPLATES", folder.toString(),
                        "BENCH_DKIM_KEY",
                                TestKeys.in(folder.resolve("keys")).rsaFile().toString()));
        process = builder.start();
        events = process.getOutputStream();
    }

    /** The words that authmail would send, with marks where they differ from mail to mail. */
    private static void writeTemplate(Path folder, String language) throws IOException {
        MailModel model = new MailModel("verify-email", Locale.of(language), NAME, URL, Instant.now(), "Example", null);
        TemplateRenderer renderer = new TemplateRenderer(null, Locale.ENGLISH, ZoneOffset.UTC, Clock.systemUTC());
        if (!(renderer.render(model) instanceof Rendering.Rendered rendered)) {
            throw new IllegalStateException("the shipped templates do not render");
        }
        RenderedMail mail = rendered.mail();
        Map<String, String> template =
                Map.of("subject", marked(mail.subject()), "text", marked(mail.text()), "html", marked(mail.html()));
        Files.write(folder.resolve(language + ".json"), JsonMapper.shared().writeValueAsBytes(template));
    }

    private static String marked(String text) {
        return text.replace(URL, "{{url}}").replace(NAME, "{{name}}");
    }

    @Override
    public String name() {
        return "nodemailer";
    }

    @Override
    public void publish(int first, int count) {
        try {
            for (int number = first; number < first + count; number++) {
                events.write(Registrations.event(number, domains));
                events.write('\n');
            }
            events.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long done() {
        return sink.counts()[0];
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
