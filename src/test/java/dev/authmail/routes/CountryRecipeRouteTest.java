package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Outcome;
import dev.authmail.testkit.TestAuthmail;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The recipes country-relay and another-channel run as they stand and do what they say. */
class CountryRecipeRouteTest {
    private static Recipes recipes;
    private static TestAuthmail authmail;

    @BeforeAll
    static void start() throws Exception {
        authmail = new TestAuthmail();
        recipes = new Recipes(authmail, "japan", "authmail.other-channel", List.of("country-relay", "another-channel"));
    }

    @AfterEach
    void behaveAgain() {
        recipes.behaveAgain();
    }

    @AfterAll
    static void stop() {
        recipes.close();
    }

    @Test
    void theCountryOfTheAddressChoosesTheRelay() {
        authmail.register("japan", "hanako@例え.jp");
        recipes.assertTaken("japan", "hanako@xn--r8jz45g.jp", recipes.relay);

        authmail.register("elsewhere", "someone@good.test");
        recipes.assertTaken("elsewhere", "someone@good.test", authmail.relay);

        Recipes.refuse(authmail.relay, "mx@good.test");
        authmail.register("mx", "mx@good.test");
        recipes.assertTaken("mx", "mx@good.test", authmail.mx);
    }

    @Test
    void anotherChannelHearsOfAMailboxThatTakesNoMailAndOfNothingElse() {
        authmail.register("{\"id\": \"no-address\", \"userId\": \"u-no-address\"}");
        authmail.finalOutcome("no-address");
        authmail.register("fine", "fine@good.test");
        authmail.outcome("fine", "accepted");
        authmail.relay.on("RCPT TO:<nobody@good.test>").reply("550 5.1.1 no such user");
        authmail.register("nobody", "nobody@good.test");

        Outcome heard = Outcome.of(recipes.peer.await(recipes.topic, r -> true));

        assertThat(heard.data("eventId")).isEqualTo("nobody");
        assertThat(heard.attribute("subject")).isEqualTo("u-nobody");
        assertThat(heard.data("userState")).isEqualTo("address-unknown");
        assertThat(heard.schemaProblems()).isEmpty();
        assertThat(authmail.finalOutcome("nobody").data("reason")).isEqualTo("rejected");
        assertThat(authmail.deadLettersOf("nobody")).hasSize(1);
        authmail.awaitAllCommitted(authmail.registrations());
        assertThat(recipes.peer.seen(recipes.topic)).hasSize(1);
    }
}
