package dev.authmail.demo;

import dev.authmail.dkim.DkimVerifier;
import dev.authmail.mail.MailMessage;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.testkit.TestDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The first five minutes: the whole flow in one process, with a Kafka broker, a relay, MX hosts and a DNS zone of its own,
 * all on loopback. {@code mvn spring-boot:test-run} starts it; it stays up, and what is dropped into its folder is
 * published as an event. With {@code --demo.exit=true} it ends by itself, and its exit status says whether every sample
 * ended as it should.
 */
public final class Demo {
    private static final Path FOLDER = Path.of("target", "demo");
    private static final Path EVENTS = FOLDER.resolve("events");
    private static final Path MAILS = FOLDER.resolve("mails");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOK_EVERY_MILLIS = 200;

    private final TestAuthmail authmail;
    private final MailPage page = new MailPage();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Outcome> ended = new LinkedHashMap<>();
    private final Map<String, Integer> mailsShown = new LinkedHashMap<>();
    private int outcomesShown;

    private Demo(TestAuthmail authmail) {
        this.authmail = authmail;
    }

    /** Runs the demo. */
    public static void main(String[] args) throws Exception {
        System.exit(run(args)); // the broker's threads would keep the process
    }

    /** Runs the demo and returns its exit status. */
    static int run(String... args) throws Exception {
        emptyFolder(EVENTS);
        emptyFolder(MAILS);
        long began = System.nanoTime();
        say("Starting on loopback; nothing leaves this machine.");
        say("  a Kafka broker …");
        Broker.address();
        say("  a relay, two MX hosts with STARTTLS, a DNS zone, and authmail …");
        try (TestAuthmail authmail = settings(args).start()) {
            Demo demo = new Demo(authmail);
            say(String.format(
                    Locale.ROOT,
                    "Up after %.0f s. Sign-ups, with a relay that works:",
                    (System.nanoTime() - began) / 1e9));
            boolean good = demo.tour();
            if (!List.of(args).contains("--demo.exit=true")) {
                demo.stayUp();
            }
            demo.page.close();
            return good ? 0 : 1;
        }
    }

    /** The demo's own, and whatever is given as {@code --authmail.name=value}. */
    private static TestAuthmail settings(String[] args) {
        TestAuthmail authmail = new TestAuthmail("", FOLDER)
                .set("authmail.routes.folder", "routes")
                .set("authmail.retry.tiers", "5s,30s")
                .set("authmail.templates.time-zone", "Asia/Tokyo")
                .set("logging.level.authmail.outcome", "WARN")
                .set("logging.level.dev.authmail.config", "WARN")
                .set("spring.main.log-startup-info", "false");
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.startsWith("--authmail.") && equals > 0) {
                authmail.set(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        return authmail;
    }

    private static void emptyFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Sends the samples and says whether each ended as it should. */
    private boolean tour() throws Exception {
        script();
        say("");
        publishAndAwait(Sample.withRelay());
        say("");
        say("The relay stops. Mail goes straight to the recipients' MX hosts:");
        say("");
        authmail.relay.goDown();
        publishAndAwait(Sample.withoutRelay());
        say("");
        return verdict();
    }

    /** What the servers play. */
    private void script() {
        authmail.dns.zone("test", ""); // so that no other domain exists
        authmail.relay.on("RCPT TO:<nobody@good.test>").reply("550 5.1.1 no such user here");
        authmail.mx
                .on("RCPT TO:<grey@other.test>")
                .reply("451 4.7.1 greylisted, try again")
                .times(1);
        authmail.secondMx
                .on("RCPT TO:<grey@other.test>")
                .reply("451 4.7.1 greylisted, try again")
                .times(1);
    }

    private void publishAndAwait(List<Sample> samples) throws Exception {
        for (Sample sample : samples) {
            names.put(sample.id(), sample.who());
            authmail.register(sample.json());
        }
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!samples.stream().allMatch(s -> ended.containsKey(s.id())) && System.nanoTime() < limit) {
            look();
        }
    }

    private boolean verdict() {
        List<Sample> all = new ArrayList<>(Sample.withRelay());
        all.addAll(Sample.withoutRelay());
        List<String> wrong = all.stream()
                .filter(s -> !ended.containsKey(s.id()) || !s.isMetBy(ended.get(s.id())))
                .map(s -> s.who() + " should end as " + s.type() + ", " + s.why())
                .toList();
        boolean verified = dkimVerifies();
        say(
                wrong.isEmpty() && verified
                        ? "All " + all.size() + " ended as they should, and every mail's DKIM signatures verify."
                        : "Not as it should be: " + (verified ? "" : "a DKIM signature does not verify; ")
                                + String.join("; ", wrong));
        return wrong.isEmpty() && verified;
    }

    private boolean dkimVerifies() {
        DkimVerifier verifier = new DkimVerifier(TestDns.keys(authmail.dns), Clock.systemUTC());
        return Stream.of(authmail.relay, authmail.mx, authmail.secondMx)
                .flatMap(server -> server.mails().stream())
                .allMatch(mail -> verifier.verify(new MailMessage(mail.octets())).signatures().stream()
                        .allMatch(signature -> signature.result().word().equals("pass")));
    }

    private void stayUp() throws Exception {
        authmail.relay.comeUp();
        say("");
        say("  See the mails:   " + page.address() + "   (and " + MAILS + "/*.eml)");
        say(
                "  Sign somebody up: echo '{\"id\": \"my-1\", \"userId\": \"u-1\", \"email\": \"you@good.test\", \"locale\": \"en\"}' > "
                        + EVENTS + "/my-1.json");
        say("  Change a route:  edit routes/deliver.camel.yaml, and sign up another");
        say("  Kafka:           " + Broker.address() + ", topics " + authmail.registrations() + ", "
                + authmail.outcomes() + ", " + authmail.deadLetter());
        say("  The relay is up again. Stop with Ctrl-C.");
        say("");
        while (true) {
            publishDropped();
            look();
        }
    }

    private void look() throws Exception {
        show(authmail.relay, "relay");
        show(authmail.mx, "mx1.good.test");
        show(authmail.secondMx, "mx2.good.test");
        var outcomes = authmail.kafka().seen(authmail.outcomes());
        for (; outcomesShown < outcomes.size(); outcomesShown++) {
            Outcome outcome = Outcome.of(outcomes.get(outcomesShown));
            String id = outcome.data("eventId");
            say(OutcomeLine.of(names.getOrDefault(id, id), outcome));
            if (outcome.data("final").equals("true")) {
                ended.put(id, outcome);
            }
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
    }

    private void show(ScriptedSmtpServer server, String name) throws IOException {
        List<ReceivedMail> mails = server.mails();
        for (int i = mailsShown.getOrDefault(name, 0); i < mails.size(); i++) {
            Files.write(
                    MAILS.resolve(name + "-" + (i + 1) + ".eml"), mails.get(i).octets());
            page.add(name, mails.get(i));
            mailsShown.put(name, i + 1);
        }
    }

    private void publishDropped() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                authmail.register(Files.readString(file));
                Files.delete(file);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
