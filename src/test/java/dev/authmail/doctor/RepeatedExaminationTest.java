package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is looked at again, and when. */
class RepeatedExaminationTest {
    @ParameterizedTest(name = "{0} after {1} min")
    @CsvSource(textBlock = """
            fine,    29, false, it is believed
            fine,    30, true,  and not longer
            advice,  29, false, as good
            failure,  1, true,  perhaps it is mended
            warning,  1, true,  perhaps it is mended
            unknown,  1, true,  perhaps it is known
            """)
    void isLookedAtAgain(String status, int minutes, boolean again, String reason) {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
        List<String> looks = new ArrayList<>();
        RepeatedExamination examination =
                new RepeatedExamination(new Doctor(Duration.ofSeconds(20)), Duration.ofMinutes(30), clock);
        Check check = check(status, looks);
        List<Finding> first = examination.examine(List.of(check));

        clock.move(Duration.ofMinutes(minutes));

        assertThat(examination.examine(List.of(check))).as(reason).isEqualTo(first);
        assertThat(looks).as(reason).hasSize(again ? 2 : 1);
    }

    /** SPF that was fine for one address says nothing of the next. */
    @Test
    void whereSomethingElseIsLookedAtAllIsLookedAtAgain() {
        MovableClock clock = new MovableClock(Instant.parse("2026-11-25T12:00:00Z"));
        List<String> looks = new ArrayList<>();
        RepeatedExamination examination =
                new RepeatedExamination(new Doctor(Duration.ofSeconds(20)), Duration.ofMinutes(30), clock);
        examination.examine(List.of(check("spf", "fine", looks), check("ptr 192.0.2.1", "fine", looks)));

        examination.examine(List.of(check("spf", "fine", looks), check("ptr 192.0.2.2", "fine", looks)));

        assertThat(looks).hasSize(4);
    }

    private static Check check(String status, List<String> looks) {
        return check("spf", status, looks);
    }

    private static Check check(String name, String status, List<String> looks) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String subject() {
                return "example.com";
            }

            @Override
            public List<Finding> run() {
                looks.add(status);
                return List.of(new Finding(
                        name(), Status.valueOf(status.toUpperCase(Locale.ROOT)), subject(), "x", "", "", List.of()));
            }
        };
    }
}
