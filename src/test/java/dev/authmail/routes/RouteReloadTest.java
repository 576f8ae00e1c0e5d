package dev.authmail.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.camel.RouteSet;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Logs;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes edited while they run: what can run is taken up, what cannot is refused by name and changes nothing. */
class RouteReloadTest {
    private static final String DELIVER = "deliver.camel.yaml";
    private static final String PREPARE = "prepare.camel.yaml";
    private static final String TELL = "tell.camel.yaml";
    private static final String BREAK_IT = """
            - throwException:
                id: break-it
                exceptionType: java.lang.IllegalStateException
                message: secret ${body}
            """;
    private static TestAuthmail authmail;
    private static Path folder;
    private static int events;
    private Logs logs;

    @BeforeAll
    static void start() throws IOException {
        authmail = new TestAuthmail();
        folder = Files.createDirectory(authmail.folder.resolve("routes"));
        authmail.set("authmail.routes.folder", folder)
                .set("authmail.routes.reload-interval", "200ms")
                .start();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @BeforeEach
    void listen() {
        logs = Logs.ofThisJvm();
    }

    @AfterEach
    void bringBackTheShippedRoutes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        RouteSet routes = authmail.context().getBean(RouteSet.class);
        Awaitility.await("the shipped routes")
                .atMost(Duration.ofSeconds(30))
                .until(() -> routes.refresh() instanceof RouteSet.Change.None);
        awaitRoute("relay");
        logs.close();
    }

    @Test
    void anotherOrderOfTheHopsIsTakenUpAndTheShippedOneComesBackWithTheFile() throws IOException {
        edit(DELIVER, directFirst());

        awaitTakenUp(DELIVER);
        assertThat(routeOfTheNextMail()).isEqualTo("direct");
        Files.delete(folder.resolve(DELIVER));
        awaitRoute("relay");
    }

    @Test
    void aStepOfTheUsersOwnIsTakenUp() throws IOException {
        edit(PREPARE, withStepBeforeSignUrl("""
                - log:
                    id: say-hello
                    loggingLevel: INFO
                    logName: my-step
                    message: hello from a step
                """));

        awaitTakenUp(PREPARE);
        assertThat(routeOfTheNextMail()).isEqualTo("relay");
        assertThat(logs.lines()).anyMatch(line -> line.endsWith("my-step hello from a step"));
    }

    @Test
    void aFileOfTheUsersOwnStandsBesideTheShippedOnes() throws IOException {
        edit("mine.camel.yaml", """
                - route:
                    id: mine
                    from:
                      uri: seda
                      parameters:
                        name: mine
                      steps:
                        - log:
                            logName: mine
                            message: hello from a route
                """);

        awaitTakenUp("mine.camel.yaml");
        authmail.context().getBean(ProducerTemplate.class).sendBody("seda:mine", "");
        awaitLog("hello from a route");
        assertThat(routeOfTheNextMail()).isEqualTo("relay");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            syntax                       | deliver | id: deliver-mail          | "id: [deliver-mail          | deliver.camel.yaml
            unknown step                 | deliver | - filter:                 | - filtre:                   | filtre
            unknown option               | deliver | ref: decideNextStep       | reference: decideNextStep   | reference
            unknown bean                 | deliver | ref: decideNextStep       | ref: decideNextStop         | decideNextStop
            unknown hop                  | deliver | javaMailSender: "#relay"  | javaMailSender: "#relais"   | relais
            unknown target               | deliver | name: retry-later         | name: retry-sooner          | retry-sooner
            route id twice               | deliver | id: deliver-to-mx         | id: deliver-via-relay       | deliver-via-relay
            route id of another file     | deliver | id: deliver-to-mx         | id: sign-mail               | sign-mail
            unknown route configuration  | prepare | mail-failures             | mail-failings               | mail-failings
            unknown placeholder          | prepare | kafka.max-in-flight}}     | kafka.max-in-flights}}      | max-in-flights
            wrong expression             | deliver | ${variable.decision} == 'next' | ${variable.decision == 'next' | deliver-mail
            """)
    void aBrokenEditIsRefusedByNameAndMailsStillFlow(String name, String stage, String from, String to, String problem)
            throws IOException {
        String file = stage + ".camel.yaml";
        String text = shipped(file);
        assertThat(text).contains(from);
        edit(file, text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));

        String refusal = awaitLog("the edited routes are refused and the old ones keep running");
        assertThat(refusal).startsWith("ERROR").contains(folder.resolve(file).toString(), problem);
        assertThat(routeOfTheNextMail()).isEqualTo("relay");
        assertThat(refusals()).as("said once").isEqualTo(1);
    }

    @Test
    void aFileThatIsNoTextIsRefusedByNameOnce() throws IOException {
        Files.write(folder.resolve(DELIVER), new byte[] {(byte) 0xc3, 0x28, '\n'});

        assertThat(awaitLog("the edited routes are refused and the old ones keep running"))
                .contains(folder.resolve(DELIVER).toString(), "UTF-8");
        assertThat(routeOfTheNextMail()).isEqualTo("relay");
        assertThat(refusals()).as("said once").isEqualTo(1);
    }

    @Test
    void aMendedEditIsTakenUp() throws IOException {
        edit(DELIVER, directFirst().replace("ref: concludeAttempt", "ref: concludeNothing"));
        awaitLog("the edited routes are refused");

        edit(DELIVER, directFirst());
        awaitTakenUp(DELIVER);
        assertThat(routeOfTheNextMail()).isEqualTo("direct");
    }

    @Test
    void anotherVersionOfAConfigMapIsTakenUp() throws IOException {
        Path first = version("..2026_11_24_01", shipped(DELIVER));
        Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(folder.resolve(DELIVER), Path.of("..data", DELIVER));
        Path second = version("..2026_11_24_02", directFirst());
        try {
            assertThat(routeOfTheNextMail()).isEqualTo("relay");

            // As the kubelet does: a new link beside it, renamed over the old one.
            Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            awaitRoute("direct");
        } finally {
            Files.delete(first.resolve(DELIVER));
            Files.delete(second.resolve(DELIVER));
        }
    }

    @Test
    void anEventThatAnEditedPrepareDropsIsADeadLetterThatNamesRouteAndStep() throws IOException {
        edit(PREPARE, withStepBeforeSignUrl("""
                - stop:
                    id: drop-it
                """));
        awaitTakenUp(PREPARE);

        assertGivenUpAt("route prepare-mail, step drop-it");
    }

    @Test
    void anEventThatAnEditedDeliverFiltersOutIsADeadLetterThatNamesRouteAndStep() throws IOException {
        edit(DELIVER, withoutTheLastTwoWays());
        awaitTakenUp(DELIVER);

        String id = id();
        authmail.register(id, id + "@good.test");
        assertLetter(id, "the route ended without an outcome at route conclude-attempt, step choose-what-follows");
        assertThat(authmail.finalOutcome(id).type())
                .as("the mail was accepted before")
                .isEqualTo("accepted");
    }

    @Test
    void aStepThatThrowsAfterTheMailWasAcceptedDoesNotMakeItAFailedOne() throws IOException {
        edit(DELIVER, withStepBefore(DELIVER, "process", "decide-after-relay", BREAK_IT));
        awaitTakenUp(DELIVER);
        String id = id();

        authmail.register(id, id + "@good.test");

        Outcome outcome = authmail.finalOutcome(id);
        assertThat(outcome.type()).isEqualTo("accepted");
        assertThat(outcome.data("route")).isEqualTo("relay");
        assertToldInTheLogAlone(
                id, "a step failed after the mail was accepted: route deliver-via-relay, step break-it");
    }

    @Test
    void aStepThatThrowsBesideTheReportChangesNoOutcome() throws IOException {
        authmail.relay.on("RCPT TO:<refused@good.test>").reply("550 5.1.1 no such user");
        edit(TELL, withStepBefore(TELL, "to", "to-settle-event", BREAK_IT));
        awaitTakenUp(TELL);
        String id = id();

        authmail.register(id, id + "@good.test");
        authmail.register("refused", "refused@good.test");

        assertThat(authmail.finalOutcome(id).type()).isEqualTo("accepted");
        assertToldInTheLogAlone(id, "the report goes on without it: route report-outcome, step break-it");
        assertThat(authmail.finalOutcome("refused").data("reason")).isEqualTo("rejected");
        assertThat(authmail.deadLettersOf("refused")).hasSize(1);
        authmail.register(id, id + "@good.test"); // the ledger knows it
        authmail.awaitAllCommitted(authmail.registrations());
        assertThat(authmail.relay.mailsTo(id + "@good.test")).hasSize(1);
    }

    private void assertToldInTheLogAlone(String id, String words) {
        authmail.awaitAllCommitted(authmail.registrations());
        assertThat(authmail.deadLettersOf(id)).isEmpty();
        assertThat(authmail.outcomesOf(id)).hasSize(1);
        assertThat(logs.lines()).anyMatch(line -> line.contains(words));
    }

    @Test
    void aStepThatThrowsMakesADeadLetterThatNamesRouteAndStepAndQuotesNothing() throws IOException {
        edit(PREPARE, withStepBeforeSignUrl(BREAK_IT));
        awaitTakenUp(PREPARE);

        assertFailed("route prepare-mail, step break-it threw IllegalStateException");
        assertThat(logs.lines()).noneMatch(line -> line.contains("secret") || line.contains("@good.test\""));
    }

    @Test
    void editsWhileMailsAreUnderWayLoseNoneAndRepeatNone() throws IOException, InterruptedException {
        authmail.relay.delayPerCommand(Duration.ofMillis(60));
        List<String> ids = new CopyOnWriteArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        Thread signUps = Thread.ofVirtual().start(() -> registerUntil(enough, ids));
        for (String file : List.of(DELIVER, PREPARE, "receive.camel.yaml")) {
            edit(file, shipped(file) + "# edited\n");
            awaitTakenUp(file);
        }
        enough.set(true);
        signUps.join();

        ids.forEach(id -> authmail.outcome(id, "accepted"));
        authmail.relay.delayPerCommand(Duration.ZERO);
        authmail.awaitAllCommitted(authmail.registrations());
        assertThat(ids)
                .hasSizeGreaterThan(10)
                .allSatisfy(id ->
                        assertThat(authmail.relay.mailsTo(id + "@good.test")).hasSize(1));
    }

    private static void registerUntil(AtomicBoolean enough, List<String> ids) {
        while (!enough.get()) {
            String id = id();
            authmail.register(id, id + "@good.test");
            ids.add(id);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void assertGivenUpAt(String place) {
        assertFailed("the route ended without an outcome at " + place);
    }

    private static void assertFailed(String detail) {
        String id = id();
        authmail.register(id, id + "@good.test");
        assertLetter(id, detail);
        assertThat(authmail.outcome(id, "failed").data("userState")).isEqualTo("our-fault");
        authmail.awaitAllCommitted(authmail.registrations());
    }

    private static void assertLetter(String id, String detail) {
        Letter letter = authmail.deadLetter(id);
        assertThat(letter.reason()).isEqualTo("failed");
        assertThat(letter.fault()).isEqualTo("self");
        assertThat(letter.detail()).startsWith(detail);
    }

    private static String withStepBeforeSignUrl(String step) {
        return withStepBefore(PREPARE, "process", "sign-url", step);
    }

    private static String withStepBefore(String file, String kind, String id, String step) {
        String text = shipped(file);
        Matcher before =
                Pattern.compile("( +)- " + kind + ":\n +id: " + id + "\n").matcher(text);
        assertThat(before.find()).isTrue();
        return text.substring(0, before.start())
                + step.indent(before.group(1).length())
                + text.substring(before.start());
    }

    /** A choice without otherwise, in which no branch fits. */
    private static String withoutTheLastTwoWays() {
        String text = shipped(DELIVER);
        int otherwise = text.indexOf("            otherwise:");
        assertThat(otherwise).isPositive();
        return text.substring(0, otherwise).replace("== 'done'", "== 'done-at-last'");
    }

    private static String directFirst() {
        // The first mention of each is where deliver-mail calls it.
        return shipped(DELIVER)
                .replaceFirst("name: deliver-to-mx", "name: SECOND")
                .replaceFirst("name: deliver-via-relay", "name: deliver-to-mx")
                .replaceFirst("name: SECOND", "name: deliver-via-relay");
    }

    private static String shipped(String file) {
        try {
            return Files.readString(Path.of("routes", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path version(String name, String text) throws IOException {
        Path version = Files.createDirectory(folder.resolve(name));
        Files.write(version.resolve(DELIVER), text.getBytes(UTF_8));
        return version;
    }

    private static void edit(String file, String text) throws IOException {
        // Half a file must not be seen, as an editor that replaces files sees to.
        Path draft = authmail.folder.resolve("draft");
        Files.writeString(draft, text);
        Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String routeOfTheNextMail() {
        String id = id();
        authmail.register(id, id + "@good.test");
        Outcome outcome = authmail.finalOutcome(id);
        return outcome.type().equals("accepted") ? outcome.data("route") : outcome.type();
    }

    private static void awaitRoute(String route) {
        Awaitility.await("mails to go by " + route)
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> routeOfTheNextMail().equals(route));
    }

    private void awaitTakenUp(String file) {
        Awaitility.await(file + " to be taken up")
                .atMost(Duration.ofSeconds(30))
                .until(() -> logs.lines().stream()
                        .anyMatch(line -> line.contains("routes taken up:") && line.contains(file)));
    }

    private String awaitLog(String words) {
        Awaitility.await("the log to say: " + words)
                .atMost(Duration.ofSeconds(30))
                .until(() -> logs.lines().stream().anyMatch(line -> line.contains(words)));
        return logs.lines().stream()
                .filter(line -> line.contains(words))
                .findFirst()
                .orElseThrow();
    }

    private long refusals() {
        return logs.lines().stream()
                .filter(line -> line.contains("are refused"))
                .count();
    }

    private static synchronized String id() {
        return "reload-" + ++events;
    }
}
