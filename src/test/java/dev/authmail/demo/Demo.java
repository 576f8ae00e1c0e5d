package dev.authmail.demo;

import dev.authmail.dkim.DkimVerifier;
import dev.authmail.mail.MailMessage;
import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import dev.authmail.testkit.TestDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first five minutes: the whole flow in one process, with a Kafka broker, a relay, MX hosts and a DNS zone of its own,
 * all on loopback. {@code mvn spring-boot:test-run} starts it; what you drop into its folder is published as an event.
 */
public final class Demo {
    private static final Path FOLDER = Path.of("target", "demo");
    private static final Path EVENTS = FOLDER.resolve("events");
    private static final Path MAILS = FOLDER.resolve("mails");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LOOK_EVERY_MILLIS = 300;

    private final TestAuthmail authmail;
    private final DkimVerifier verifier;
    private int outcomesShown;
    private int lettersShown;

    private Demo(TestAuthmail authmail) {
        this.authmail = authmail;
        this.verifier = new DkimVerifier(TestDns.keys(authmail.dns), Clock.systemUTC());
    }

    /** Runs until it is stopped, or until the sign-ups of the tour are through with {@code --once}. */
    public static void main(String[] args) throws Exception {
        emptyFolder(EVENTS);
        emptyFolder(MAILS);
        say("Starting a Kafka broker, a relay, two MX hosts, a DNS zone and authmail …");
        try (TestAuthmail authmail = settings(args).start()) {
            Demo demo = new Demo(authmail);
            demo.script();
            demo.introduce();
            demo.tour();
            demo.watch(List.of(args).contains("--once"));
        }
        System.exit(0); // the broker's threads would keep the process
    }

    /** The demo's own, and whatever is given as {@code --authmail.name=value}. */
    private static TestAuthmail settings(String[] args) {
        TestAuthmail authmail = new TestAuthmail("", FOLDER)
                .set("authmail.routes.folder", "routes")
                .set("authmail.retry.tiers", "5s,30s")
                .set("authmail.templates.time-zone", "Asia/Tokyo")
                .set("logging.level.authmail.outcome", "WARN")
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

    /** What the servers play. */
    private void script() {
        authmail.relay.on("RCPT TO:<taro@other.test>").reply("451 4.3.0 relay is out of disk");
        authmail.relay.on("RCPT TO:<nobody@good.test>").reply("550 5.1.1 no such user here");
        authmail.relay
                .on("RCPT TO:<grey@other.test>")
                .reply("451 4.3.0 relay is out of disk")
                .times(2);
        authmail.mx
                .on("RCPT TO:<grey@other.test>")
                .reply("451 4.7.1 greylisted, try again")
                .times(1);
        authmail.secondMx
                .on("RCPT TO:<grey@other.test>")
                .reply("451 4.7.1 greylisted, try again")
                .times(1);
    }

    private void introduce() {
        say("");
        say("  Kafka  " + Broker.address() + "  topics " + authmail.registrations() + ", " + authmail.outcomes() + ", "
                + authmail.deadLetter());
        say("  relay  localhost:" + authmail.relay.port() + " with STARTTLS     MX  127.0.0.2 and 127.0.0.3, port "
                + authmail.mx.port());
        say("  mails  " + MAILS + "     routes  routes/ (edit one while this runs)");
        say("");
    }

    private void tour() {
        say("Four people sign up: Hanako (the relay takes it), Taro (the relay fails, so straight to the MX),");
        say("Nobody (no such user), and Grey (greylisted once).");
        say("");
        authmail.register("demo-1", "hanako@good.test");
        authmail.register("demo-2", "taro@other.test");
        authmail.register("demo-3", "nobody@good.test");
        authmail.register("demo-4", "grey@other.test");
    }

    private void watch(boolean once) throws Exception {
        boolean invited = false;
        while (true) {
            publishDropped();
            showMails(authmail.relay, "relay");
            showMails(authmail.mx, "mx1.good.test");
            showMails(authmail.secondMx, "mx2.good.test");
            showOutcomes();
            boolean toured = finalOutcomes() >= 4;
            if (toured && once) {
                return;
            }
            if (toured && !invited) {
                invite();
                invited = true;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private void invite() {
        say("");
        say("Now you. Publish an event of your own:");
        say("  echo '{\"id\": \"my-1\", \"userId\": \"u-1\", \"email\": \"you@good.test\", \"locale\": \"en\"}' > "
                + EVENTS + "/my-1.json");
        say("Stop with Ctrl-C.");
        say("");
    }

    private void publishDropped() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                authmail.register(Files.readString(file));
                Files.delete(file);
            }
        }
    }

    private void showMails(ScriptedSmtpServer server, String name) throws IOException {
        for (ReceivedMail mail : server.mails()) {
            Path file = MAILS.resolve(name + "-" + mail.to().replaceAll("[^a-z0-9@.]", "_") + "-" + mail.connection()
                    + "-" + Integer.toHexString(mail.text().hashCode()) + ".eml");
            if (Files.notExists(file)) {
                Files.write(file, mail.octets());
                say("mail     " + name + " took a mail over " + mail.tls() + ", DKIM "
                        + verifier.verify(new MailMessage(mail.octets()))
                                .result()
                                .word() + ": " + file);
            }
        }
    }

    private void showOutcomes() {
        var outcomes = authmail.kafka().seen(authmail.outcomes());
        for (; outcomesShown < outcomes.size(); outcomesShown++) {
            say("outcome  " + summary(JSON.readTree(outcomes.get(outcomesShown).value())));
        }
        var letters = authmail.kafka().seen(authmail.deadLetter());
        for (; lettersShown < letters.size(); lettersShown++) {
            var letter = letters.get(lettersShown);
            say("letter   " + KafkaPeer.header(letter, "authmail-event-id") + " is on the dead-letter topic: "
                    + KafkaPeer.header(letter, "authmail-reason") + ", fault "
                    + KafkaPeer.header(letter, "authmail-fault")
                    + ", " + KafkaPeer.header(letter, "authmail-detail"));
        }
    }

    /** The fields that an application looks at first; the record holds more. */
    private static String summary(JsonNode outcome) {
        JsonNode data = outcome.path("data");
        return outcome.path("type").asString() + " for user "
                + outcome.path("subject").asString("unknown") + ": show \""
                + data.path("userState").asString("nothing") + "\"; attempt "
                + data.path("attempt").asInt() + ", "
                + data.path("route").asString("no route") + " "
                + data.path("nextHop").asString("") + " "
                + data.path("smtpReply").asString("");
    }

    private long finalOutcomes() {
        return authmail.kafka().seen(authmail.outcomes()).stream()
                .filter(r -> JSON.readTree(r.value()).path("data").path("final").asBoolean())
                .count();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
