package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import dev.authmail.traffic.Admission;
import dev.authmail.traffic.Destination;
import dev.authmail.traffic.Gate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is foreseen of a mail from what happened to the last one. */
class ObstacleTest {
    private static final Domain DOMAIN = new Domain("example.test");

    private final LookedAt gate = new LookedAt();
    private final PassedBy<Domain> passedBy = new PassedBy<>(gate);

    /** Tells what it is set to, and is never asked. */
    private static final class LookedAt implements Gate {
        private final Map<String, Integer> closedFor = new HashMap<>();

        @Override
        public Admission ask(Destination to) {
            throw new AssertionError("it was only to be looked at");
        }

        @Override
        public Optional<Admission.Denied> obstacle(Destination to) {
            return Optional.ofNullable(closedFor.get(to.provider()))
                    .map(s -> new Admission.Denied(
                            Admission.Cause.CLOSED, to.provider() + " is closed", Duration.ofSeconds(s)));
        }
    }

    @ParameterizedTest(name = "passed by: {0}, closed now: {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            a   | a 60      | a is closed | the only one is closed still
            a b | a 60 b 30 | b is closed | of two the one that opens sooner
            a b | a 60      | -           | one has opened
            a   | b 30      | -           | another one is closed
            -   | a 60      | -           | the last mail was offered
            """)
    void aMailIsKeptFromAllServersThatTheLastOneWasKeptFrom(String passed, String closed, String why, String reason) {
        passedBy.remember(DOMAIN, servers("x"));
        passedBy.remember(DOMAIN, passed.equals("-") ? List.of() : servers(passed.split(" ")));
        String[] words = closed.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            gate.closedFor.put(words[i], Integer.valueOf(words[i + 1]));
        }

        assertThat(passedBy.obstacle(DOMAIN).map(HopResult.Skipped::why).orElse("-"))
                .as(reason)
                .isEqualTo(why);
        assertThat(passedBy.obstacle(new Domain("other.test"))).isEmpty();
    }

    @Test
    void theNewestThousandAreKnown() {
        gate.closedFor.put("a", 60);
        for (int i = 0; i <= 1000; i++) {
            passedBy.remember(new Domain("d" + i + ".test"), servers("a"));
        }

        assertThat(passedBy.obstacle(new Domain("d0.test"))).isEmpty();
        assertThat(passedBy.obstacle(new Domain("d1.test"))).isPresent();
        assertThat(passedBy.obstacle(new Domain("d1000.test"))).isPresent();
    }

    private static List<Destination> servers(String... providers) {
        return Arrays.stream(providers)
                .map(provider -> new Destination(
                        provider,
                        new SmtpServer(
                                "mx." + provider,
                                FakeTransport.address("192.0.2.1"),
                                25,
                                TlsPolicy.OPPORTUNISTIC,
                                null),
                        Duration.ZERO))
                .toList();
    }
}
