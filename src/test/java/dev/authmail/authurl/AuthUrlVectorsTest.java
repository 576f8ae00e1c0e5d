package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import dev.authmail.authurl.AuthUrlVerifier.VerifiedLink;
import dev.authmail.event.EventId;
import dev.authmail.event.RegistrationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The vectors were made by a program that shares no line with this project. */
class AuthUrlVectorsTest {
    private final AuthUrlVerifier verifier = Vectors.keys().verifier(Vectors.ORIGIN, Vectors.CLOCK);

    static Stream<JsonNode> all() {
        return Vectors.all();
    }

    static Stream<JsonNode> signed() {
        return Vectors.all().filter(v -> v.has("event"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void verifierAgrees(JsonNode vector) {
        var verdict = verifier.verify(
                vector.get("pathAndQuery").asString(), vector.get("purpose").asString());

        switch (verdict) {
            case Verification.Valid(var link) -> matches(vector, "valid", link);
            case Verification.Expired(var link) -> matches(vector, "expired", link);
            case Verification.Invalid(var why) ->
                assertThat(vector.get("expect").asString()).as(why).isEqualTo("invalid");
        }
    }

    private static void matches(JsonNode vector, String state, VerifiedLink link) {
        var expected = vector.get("link");
        assertThat(vector.get("expect").asString()).isEqualTo(state);
        assertThat(link.userId()).isEqualTo(expected.get("userId").asString());
        assertThat(link.addressHash()).isEqualTo(expected.get("addressHash").asString());
        assertThat(link.expires())
                .isEqualTo(Instant.ofEpochSecond(expected.get("expires").asLong()));
        assertThat(link.id()).isEqualTo(expected.get("id").asString());
        assertThat(link.next()).isEqualTo(Optional.ofNullable(text(expected, "next")));
        if (vector.has("address")) {
            assertThat(link.matchesAddress(vector.get("address").asString())).isTrue();
            assertThat(link.matchesAddress(vector.get("otherAddress").asString()))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("signed")
    void signerMakesTheSameUrl(JsonNode vector) {
        var signer = new AuthUrlSigner(
                Vectors.ORIGIN, Vectors.landingPaths(), Vectors.keys(), Duration.ofHours(1), Vectors.CLOCK);

        var url = signer.sign(event(vector));

        assertThat(url.value())
                .isEqualTo(Vectors.ORIGIN + vector.get("pathAndQuery").asString());
        assertThat(url.expires()).isEqualTo(Vectors.CLOCK.instant().plusSeconds(3600));
    }

    private static RegistrationEvent event(JsonNode vector) {
        var event = vector.get("event");
        return new RegistrationEvent(
                new EventId(event.get("eventId").asString()),
                RegistrationEvent.Kind.REGISTERED,
                event.get("userId").asString(),
                new MailAddress("ignored", new Domain("example.test")),
                event.get("email").asString(),
                null,
                Locale.ENGLISH,
                vector.get("purpose").asString(),
                text(event, "continueTo"),
                false,
                Instant.EPOCH);
    }

    @SuppressWarnings("NullAway") // a vector may lack it
    private static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asString() : null;
    }
}
