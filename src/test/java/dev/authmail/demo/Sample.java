package dev.authmail.demo;

import dev.authmail.testkit.Outcome;
import java.util.List;

/**
 * One sign-up of the tour.
 *
 * @param id of the event
 * @param who signs up, and what is special
 * @param json the event
 * @param type of the outcome it must end with
 * @param why the reason or the route it must end with
 */
record Sample(String id, String who, String json, String type, String why) {
    /** While the relay runs. */
    static List<Sample> withRelay() {
        return List.of(
                of("demo-1", "Hanako, Japanese", "hanako@good.test", "ja", "authmail.accepted", "relay"),
                of("demo-2", "Olivia, English", "olivia@good.test", "en", "authmail.accepted", "relay"),
                of("demo-3", "Taro at 例え.jp", "taro@例え.jp", "ja", "authmail.accepted", "relay"),
                of("demo-4", "an unknown user", "nobody@good.test", "en", "authmail.failed", "rejected"),
                new Sample(
                        "demo-5",
                        "an event without email",
                        "{\"id\": \"demo-5\", \"userId\": \"u-demo-5\"}",
                        "authmail.failed",
                        "invalid-event"));
    }

    /** After the relay has stopped. */
    static List<Sample> withoutRelay() {
        return List.of(
                of("demo-6", "Jiro, relay is down", "jiro@other.test", "ja", "authmail.accepted", "direct"),
                of("demo-7", "a domain without mail", "someone@null.test", "en", "authmail.failed", "rejected"),
                of("demo-8", "Grey, greylisted once", "grey@other.test", "en", "authmail.accepted", "direct"));
    }

    private static Sample of(String id, String who, String email, String locale, String type, String why) {
        String name = who.replaceAll("[, ].*", "");
        String json = """
                {"id": "%s", "userId": "u-%s", "email": "%s", "name": "%s", "locale": "%s", "continueTo": "/welcome"}
                """.formatted(id, id, email, name, locale);
        return new Sample(id, who, json, type, why);
    }

    /** Whether it ended as it should. */
    boolean isMetBy(Outcome outcome) {
        return type.equals("authmail." + outcome.type())
                && (why.equals(outcome.data("route")) || why.equals(outcome.data("reason")));
    }
}
