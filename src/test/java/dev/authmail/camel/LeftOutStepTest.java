package dev.authmail.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.hold.Hold;
import dev.authmail.hold.HoldScope;
import dev.authmail.hold.Holds;
import dev.authmail.kafka.InFlight;
import dev.authmail.testkit.Letter;
import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Ordered;
import org.apache.camel.Processor;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of every route is left out in turn, for an event of each kind: none is lost without a word, and no mail that
 * was accepted is told as failed. An event says in its id which step is not there for it, so all run at once.
 */
class LeftOutStepTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final String HELD_DOMAIN = "other.test";
    private static TestAuthmail authmail;
    private static List<Case> cases;
    private static Map<String, List<Outcome>> outcomes;
    private static List<Letter> letters;

    /** Events that take different ways through the routes. */
    private enum Kind {
        ACCEPTED,
        REFUSED,
        DEFERRED,
        HELD,
        SUPERSEDED,
        CANCELLED,
        UNREADABLE
    }

    /**
     * One event.
     *
     * @param step the one that is left out for it
     * @param position its record
     */
    private record Case(String step, Kind kind, String position) {
        static Case publish(String step, Kind kind) {
            return new Case(step, kind, authmail.publish(null, event(step, kind).getBytes(UTF_8), Map.of()));
        }

        String id() {
            return id(step, kind);
        }

        private static String id(String step, Kind kind) {
            return step + "." + kind.name().toLowerCase(Locale.ROOT);
        }

        private static String event(String step, Kind kind) {
            String type = kind == Kind.CANCELLED ? "cancelled" : "registered";
            String email = kind == Kind.UNREADABLE ? "7" : "\"" + address(step, kind) + "\"";
            // The newer event of the same user that supersedes it has its mail already.
            return cloudEvent(id(step, kind), type, id(step, kind), email, NOW.minusSeconds(60));
        }

        static String address(String step, Kind kind) {
            String domain = kind == Kind.HELD ? HELD_DOMAIN : "good.test";
            return kind.name().toLowerCase(Locale.ROOT) + "-" + step + "@" + domain;
        }

        int mails() {
            return Stream.of(authmail.relay, authmail.mx, authmail.secondMx)
                    .mapToInt(server -> server.mailsTo(address(step, kind)).size())
                    .sum();
        }

        List<Outcome> told() {
            return Stream.of("app|" + id(), position)
                    .flatMap(id -> outcomes.getOrDefault(id, List.of()).stream())
                    .toList();
        }

        boolean isTold(String type) {
            return told().stream().anyMatch(outcome -> outcome.type().equals(type));
        }

        boolean hasEnded() {
            return !deadLetters().isEmpty()
                    || told().stream().anyMatch(outcome -> outcome.data("final").equals("true"));
        }

        List<Letter> deadLetters() {
            String mark = "\"" + id() + "\"";
            return letters.stream()
                    .filter(letter -> new String(letter.value(), UTF_8).contains(mark))
                    .toList();
        }
    }

    @BeforeAll
    static void publishAll() {
        authmail = new TestAuthmail()
                .with(LeavingOut.class)
                .set("authmail.deadline", "3s")
                .set("authmail.kafka.properties.max.block.ms", "1000") // a retry without its tier has no topic
                .start();
        authmail.relay.on("RCPT TO:<refused-").reply("550 5.1.1 no such user");
        Stream.of(authmail.relay, authmail.mx, authmail.secondMx)
                .forEach(server -> server.on("RCPT TO:<deferred-").reply("451 4.3.0 later"));
        List<String> steps = steps();
        steps.forEach(LeftOutStepTest::publishNewer);
        awaitAllDone();
        Hold hold = new Hold(HoldScope.domain(new Domain(HELD_DOMAIN)), NOW, null, null);
        learn(hold);
        cases = steps.stream()
                .flatMap(step -> Stream.of(Kind.values()).map(kind -> Case.publish(step, kind)))
                .toList();
        awaitCommitted(List.of(authmail.registrations()));
        learn(hold.endedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        awaitAllDone();
        outcomes = authmail.kafka().all(authmail.outcomes()).stream()
                .flatMap(LeftOutStepTest::outcome)
                .collect(Collectors.groupingBy(outcome -> outcome.data("eventId")));
        letters = authmail.kafka().all(authmail.deadLetter()).stream()
                .map(Letter::new)
                .filter(letter -> letter.value() != null)
                .toList();
    }

    @AfterAll
    static void stop() {
        authmail.close();
    }

    @Test
    void everyStepHasItsTurn() {
        assertThat(steps()).hasSizeGreaterThan(45).contains("read-event", "to-smtp-relay", "to-kafka-ledger");
    }

    @ParameterizedTest
    @EnumSource
    void everyEventEndsWithAnOutcomeOrADeadLetter(Kind kind) {
        assertThat(of(kind)).filteredOn(event -> !event.hasEnded()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatFailedNamesRouteAndStep(Kind kind) {
        assertThat(of(kind).stream().flatMap(event -> event.deadLetters().stream()))
                .filteredOn(letter -> "failed".equals(letter.reason()))
                .allSatisfy(letter -> assertThat(letter.detail())
                        .containsPattern("route [a-z-]+, (step [a-z-]+|before its first step)"));
    }

    @ParameterizedTest
    @EnumSource
    void aMailThatWasAcceptedIsNotToldAsFailedAndNotRepeated(Kind kind) {
        assertThat(of(kind)).filteredOn(event -> event.mails() > 1).isEmpty();
        assertThat(of(kind))
                .filteredOn(event -> event.mails() > 0 && event.isTold("failed"))
                .isEmpty();
    }

    /** Nothing but the write itself keeps the application from hearing of its mail. */
    @Test
    void onlyWithoutTheWriteIsAnAcceptedMailNotTold() {
        Set<String> untold = of(Kind.ACCEPTED).stream()
                .filter(event -> event.mails() > 0 && !event.isTold("accepted"))
                .map(Case::step)
                .collect(Collectors.toSet());

        assertThat(untold)
                .containsExactlyInAnyOrder(
                        "to-settle-event", "describe-outcome", "to-publish-outcome", "to-kafka-outcomes");
    }

    private static List<Case> of(Kind kind) {
        return cases.stream().filter(event -> event.kind() == kind).toList();
    }

    private static void learn(Hold hold) {
        authmail.context().getBean(Holds.class).learn(hold.key(), hold.toJson());
    }

    private static void publishNewer(String step) {
        String user = Case.id(step, Kind.SUPERSEDED);
        String event = cloudEvent("newer-" + step, "registered", user, "\"newer-" + step + "@good.test\"", NOW);
        authmail.publish(null, event.getBytes(UTF_8), Map.of());
    }

    private static String cloudEvent(String id, String type, String user, String email, Instant time) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "app", "type": "example.%s", "time": "%s",
                 "data": {"userId": "%s", "email": %s}}""".formatted(id, type, time, user, email);
    }

    /** What an edited route writes to this topic need not be an outcome. */
    private static Stream<Outcome> outcome(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8).contains("\"authmail.") ? Stream.of(Outcome.of(record)) : Stream.of();
    }

    private static void awaitAllDone() {
        InFlight inFlight = authmail.context().getBean(InFlight.class);
        awaitCommitted(
                List.of(authmail.registrations(), authmail.retry("1s"), authmail.retry("2s"), authmail.retry("3s")));
        Awaitility.await("all events to end").atMost(PATIENCE).until(() -> inFlight.total() == 0);
    }

    private static void awaitCommitted(List<String> topics) {
        Awaitility.await("all events to be committed")
                .atMost(PATIENCE)
                .until(() -> topics.stream().allMatch(authmail::isAllCommitted));
    }

    private static List<String> steps() {
        Model model = authmail.context()
                .getBean(CamelContext.class)
                .getCamelContextExtension()
                .getContextPlugin(Model.class);
        return Objects.requireNonNull(model).getRouteDefinitions().stream()
                .<NamedNode>flatMap(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
                                .stream())
                .filter(step -> !List.of("when", "otherwise").contains(step.getShortName()))
                .map(NamedNode::getId)
                .toList();
    }

    /** Passes an event by the step that its id names, as if the step was not in the route. */
    static final class LeavingOut implements InterceptStrategy, Ordered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST;
        }

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode step, Processor target, @Nullable Processor next) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    if (isLeftOut(step.getId(), exchange)) {
                        callback.done(true);
                        return true;
                    }
                    return super.process(exchange, callback);
                }
            };
        }

        private static boolean isLeftOut(String step, Exchange exchange) {
            Intake intake = Intake.orNull(exchange);
            byte[] value = intake == null ? null : intake.record().value();
            return value != null && new String(value, UTF_8).contains("\"id\": \"" + step + ".");
        }
    }
}
