package dev.authmail.camel;

import dev.authmail.delivery.Attempt;
import dev.authmail.delivery.Conclusion;
import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.delivery.UserState;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of exchanges that end without an outcome: a filter or a stop in an edited route, an exception nobody
 * handles, a bug. Each becomes a dead letter with reason {@code failed}, and is tried until Kafka has it; only then may
 * its offset be committed. When a server has taken the mail, outcome and ledger say so beside the letter.
 */
public final class Unfinished implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final CamelContext context;
    private final ProducerTemplate producer;
    private final String deadLetterUri;
    private final Predicate<String> carriesMail;
    private final Consumer<Exchange> catchUp;
    private final ScheduledExecutorService again = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("authmail-unfinished").factory());

    /**
     * @param context to send in
     * @param deadLetterUri of the route that writes dead letters
     * @param carriesMail tells by the topic whether a record must have an outcome; others, which a user's own routes
     *     read, may end silently when they end well
     * @param decideNextStep looks at an answer that the route did not look at
     */
    public Unfinished(
            CamelContext context, String deadLetterUri, Predicate<String> carriesMail, DecideNextStep decideNextStep) {
        this(context, deadLetterUri, carriesMail, decideNextStep::catchUp);
    }

    Unfinished(CamelContext context, String deadLetterUri, Predicate<String> carriesMail, Consumer<Exchange> catchUp) {
        this.context = context;
        this.producer = context.createProducerTemplate();
        this.deadLetterUri = deadLetterUri;
        this.carriesMail = carriesMail;
        this.catchUp = catchUp;
    }

    boolean mayEndSilently(Intake intake, Exchange exchange) {
        return exchange.getException() == null
                && !carriesMail.test(intake.record().topic());
    }

    void giveUp(Intake intake, Exchange exchange) {
        catchUp.accept(exchange);
        if (!intake.isOurs() && !isTaken(exchange)) {
            LOG.info(
                    "record={} was not dealt with here: its partition went to another member",
                    intake.record().position());
            intake.done();
            return;
        }
        String detail = "the route ended without an outcome at " + intake.step() + cause(exchange);
        LOG.error("record={} reason=failed detail=\"{}\"", intake.record().position(), detail);
        Thread.ofVirtual().start(() -> write(intake, exchange, detail, FIRST_PAUSE));
    }

    private static boolean isTaken(Exchange exchange) {
        Attempt attempt = Variables.ATTEMPT.orNull(exchange);
        return attempt != null && attempt.isAccepted();
    }

    private void write(Intake intake, Exchange ended, String detail, Duration pause) {
        Exchange letter = new DefaultExchange(context);
        intake.goWith(letter);
        letter.getMessage().setBody(intake.record().value());
        copy(Variables.EVENT_ID, ended, letter);
        copy(Variables.USER_ID, ended, letter);
        copy(Variables.EVENT, ended, letter);
        copy(Variables.ATTEMPT, ended, letter);
        Variables.CONCLUSION.set(
                letter, new Conclusion.GivenUp(Reason.FAILED, Fault.SELF, UserState.OUR_FAULT, detail));
        send(letter);
        if (intake.isRecorded()) {
            intake.done();
        } else if (!context.isStopping() && !context.isStopped()) {
            LOG.warn(
                    "record={} the dead letter could not be written, next try in {}",
                    intake.record().position(),
                    pause);
            schedule(() -> write(intake, ended, detail, longer(pause)), pause);
        }
    }

    private void send(Exchange letter) {
        try {
            producer.send(deadLetterUri, letter);
        } catch (RuntimeException e) {
            // The route is being replaced, or the context stops: as when it could not be written.
            LOG.debug("the dead letter could not be sent", e);
        }
    }

    private void schedule(Runnable task, Duration pause) {
        again.schedule(() -> Thread.ofVirtual().start(task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static <T> void copy(Variable<T> variable, Exchange from, Exchange to) {
        @Nullable T value = variable.orNull(from);
        if (value != null) {
            variable.set(to, value);
        }
    }

    /** The type of the error alone: its text may quote an address or a URL. */
    private static String cause(Exchange exchange) {
        Exception failure = exchange.getException();
        return failure == null ? "" : " with " + failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        again.shutdownNow();
    }
}
