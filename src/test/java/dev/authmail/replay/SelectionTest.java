package dev.authmail.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.delivery.Fault;
import dev.authmail.delivery.Reason;
import dev.authmail.event.EventId;
import dev.authmail.event.Header;
import dev.authmail.event.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which dead letters are meant, and what keeps one from being replayed by what it says itself. */
class SelectionTest {
    private static final Set<String> ADAPTERS = Set.of("keycloak-events", "hook.supabase");
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            provider | google.com                     | true
            provider | gmail-smtp-in.l.google.com     | true
            provider | oogle.com                      | false
            provider | notgoogle.com                  | false
            since    | 2026-11-24T12:00:00Z           | true
            since    | 2026-11-24T12:00:00.001Z       | false
            until    | 2026-11-24T12:00:00Z           | false
            until    | 2026-11-24T12:00:00.001Z       | true
            event    | event-1                        | true
            event    | event-2                        | false
            reason   | rejected                       | true
            reason   | expired                        | false
            fault    | policy                         | true
            fault    | relay                          | false
            """)
    void whatIsMeant(String by, String value, boolean isMeant) {
        assertThat(selection(by, value).takes(letter("rejected", "{}"))).isEqualTo(isMeant);
    }

    @ParameterizedTest(name = "{0}, named {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            rejected,       -,             -,            may succeed when what was wrong is mended
            unconfirmed,    -,             -,            a second mail is better than none
            bounced,        -,             BOUNCE,       its value is not the event
            complained,     complained,    BOUNCE,       not even when it is named
            invalid-event,  -,             NEEDS_REASON, it cannot succeed unless the service changed
            invalid-event,  invalid-event, -,            somebody knows
            suppressed,     rejected,      NEEDS_REASON, another reason is named
            superseded,     -,             NEEDS_REASON, there is a newer event
            limited,        -,             NEEDS_REASON, a replay would pass the guard that refused it
            limited,        limited,       -,            somebody knows
            no-such-reason, -,             FOREIGN,      not written by authmail
            """)
    void whatALetterSaysItself(String reason, @Nullable String named, @Nullable Hindrance hindrance, String why) {
        Selection selection = named == null ? Selection.ALL : selection("reason", named);

        assertThat(letter(reason, "{}").hindrance(selection, ADAPTERS).orElse(null))
                .isEqualTo(hindrance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"'', NO_VALUE, the event was too large for the topic"})
    void aLetterWithoutItsEvent(String value, Hindrance hindrance, String why) {
        assertThat(letter("rejected", value).hindrance(Selection.ALL, ADAPTERS)).contains(hindrance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            keycloak-events-0@7,    ADAPTED, its value is Keycloak's
            hook.supabase-0@12345,  ADAPTED, its value is Supabase's
            registrations-5@7,      -,       a registration that an adapter made may be its event
            old-name-12@7,          -,       the topic was called otherwise then
            keycloak-events-more-0@7, -,     another topic
            nonsense,               -,       not written by authmail
            """)
    void eventsOfOtherSystemsCannotBeReplayed(String source, @Nullable Hindrance hindrance, String why) {
        Selection named = selection("reason", "invalid-event");

        assertThat(letter("invalid-event", "{}", header("authmail-source", source))
                        .hindrance(named, ADAPTERS)
                        .orElse(null))
                .isEqualTo(hindrance);
    }

    private static Selection selection(String by, String value) {
        return new Selection(
                Stream.of(value)
                        .filter(v -> by.equals("reason"))
                        .map(v -> Reason.fromCode(v).orElseThrow())
                        .collect(Collectors.toSet()),
                Stream.of(value)
                        .filter(v -> by.equals("fault"))
                        .map(v -> Fault.fromCode(v).orElseThrow())
                        .collect(Collectors.toSet()),
                by.equals("provider") ? value : null,
                by.equals("since") ? Instant.parse(value) : null,
                by.equals("until") ? Instant.parse(value) : null,
                by.equals("event") ? Set.of(new EventId(value)) : Set.of());
    }

    private static DeadLetter letter(String reason, String value, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(
                header("authmail-event-id", "event-1"),
                header("authmail-reason", reason),
                header("authmail-fault", "policy"),
                header("authmail-next-hop", "Gmail-SMTP-in.l.google.com[192.0.2.1]:25")));
        headers.addAll(List.of(more));
        return DeadLetter.of(new SourceRecord("dead", 0, 7, AT, null, value.getBytes(StandardCharsets.UTF_8), headers));
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
