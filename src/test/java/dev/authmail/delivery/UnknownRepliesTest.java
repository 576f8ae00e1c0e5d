package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownRepliesTest {
    private final UnknownReplies replies =
            new UnknownReplies(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    @Test
    void repliesThatDifferInNumbersAndAddressesAreOneKind() {
        assertThat(replies.isNew(unknown("mx1.b.test", "zzqq 4711 to hanako@b.test, id A7b9-x")))
                .isTrue();
        assertThat(replies.isNew(unknown("mx2.b.test", "zzqq 4712 to hanako@b.test, id C1d2-y")))
                .isFalse();

        assertThat(replies.list()).singleElement().satisfies(seen -> {
            assertThat(seen.count()).isEqualTo(2);
            assertThat(seen.reply().text()).isEqualTo("zzqq # to …@b.test, id #");
            assertThat(seen.reply().provider()).isEqualTo(Provider.of("mx9.b.test"));
        });
    }

    @Test
    void theListIsBoundedAndBeginsWithTheLast() {
        for (int i = 0; i < 300; i++) {
            replies.isNew(unknown("mx.b.test", "zz" + " qq".repeat(i % 60 + 1) + " vv".repeat(i / 60)));
        }

        assertThat(replies.list()).hasSize(200);
        assertThat(replies.list().getFirst().reply().text()).isEqualTo("zz" + " qq".repeat(60) + " vv".repeat(4));
    }

    private static UnknownReply unknown(String host, String text) {
        return UnknownReply.of(
                Route.DIRECT,
                SmtpPhase.RCPT,
                host,
                new SmtpReply(550, List.of(text)),
                new MailAddress("hanako", new Domain("b.test")));
    }
}
