package dev.authmail.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedIdsTest {
    private final PackedIds ids = new PackedIds();

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            /app|0b7e9c1e-5d3a-4f0e-8a2b-c4d5e6f70819,  18, a source and a UUID
            0b7e9c1e-5d3a-4f0e-8a2b-c4d5e6f70819,       18, a UUID alone
            /app|0B7E9C1E-5D3A-4F0E-8A2B-C4D5E6F70819,  38, upper case stays
            /app|0b7e9c1e05d3a-4f0e-8a2b-c4d5e6f70819,  38, no UUID though as long
            /app|0b7e9c1e-5d3a-4f0e-8a2b-c4d5e6f7081-,  38, a dash too many
            registrations-0@4711,                       6,  a position
            /app|a@b|c,                                 7,  only the first bar ends a source
            /app|,                                      2,  nothing behind the source
            登録,                                        8,  not ASCII
            """)
    void anIdIsTheSameAgain(String id, int octets, String reason) {
        byte[] packed = ids.pack(id);

        assertThat(ids.unpack(packed)).isEqualTo(id);
        assertThat(packed).as(reason).hasSize(octets);
        assertThat(ids.pack(id)).as("each time").isEqualTo(packed);
    }

    @Test
    void ofManySourcesOnlyTheFirstAreRemembered() {
        for (int i = 0; i < 255; i++) {
            assertThat(ids.pack("/source/" + i + "|x")).as("source %d", i).hasSize(3);
        }
        assertThat(ids.pack("/one/too/many|x")).hasSize(2 + "/one/too/many|x".length());
        assertThat(ids.unpack(ids.pack("/one/too/many|x"))).isEqualTo("/one/too/many|x");
        assertThat(ids.unpack(ids.pack("/source/254|x"))).isEqualTo("/source/254|x");
    }
}
