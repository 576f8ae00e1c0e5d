package dev.authmail.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRecordTest {
    @Test
    void octetsComeBackAsTheyCameAndCannotBeChanged() {
        byte[] value = {1, 2, (byte) 0xff};
        var record = new SourceRecord("t", 1, 2, Records.WRITTEN, value, value, List.of(new Header("h", value)));
        value[0] = 9;
        requireNonNull(record.value())[1] = 9;

        assertThat(record.value()).containsExactly(1, 2, 0xff);
        assertThat(record.key()).containsExactly(1, 2, 0xff);
        assertThat(record.headers().getFirst().octets()).containsExactly(1, 2, 0xff);
        assertThat(record.position()).isEqualTo("t-1@2");
    }

    @Test
    void lastHeaderOfANameCounts() {
        var record = Records.of("", "a", "1", "A", "é", "b", "2");

        assertThat(record.header("a")).isEqualTo("é");
        assertThat(record.header("c")).isNull();
        assertThat(new Header("n", null).octets()).isNull();
        assertThat(new Header("n", null).text()).isNull();
        assertThat(new Header("n", "x".getBytes(UTF_8)).toString()).isEqualTo("n");
    }
}
