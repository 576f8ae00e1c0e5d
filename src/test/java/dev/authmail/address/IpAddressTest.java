package dev.authmail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest(name = "{0} is {1}, {2}")
    @CsvSource(textBlock = """
            192.0.2.1,               192.0.2.1,        1.2.0.192.in-addr.arpa
            ::ffff:192.0.2.1,        192.0.2.1,        1.2.0.192.in-addr.arpa
            2001:DB8:0:0:1:0:0:1,    2001:db8::1:0:0:1, 1.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
            ::,                      ::,               0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa
            1:2:3:4:5:6:7:8,         1:2:3:4:5:6:7:8,  8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa
            1:0:3:4:5:6:7:8,         1:0:3:4:5:6:7:8,  8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.0.0.0.0.1.0.0.0.ip6.arpa
            """)
    void readsAndWrites(String text, String canonical, String reverse) {
        InetAddress address = IpAddress.parse(text).orElseThrow();

        assertThat(IpAddress.text(address)).isEqualTo(canonical);
        assertThat(IpAddress.reverseName(address)).isEqualTo(reverse);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1:2", ":::", "::1%eth0", "[::1]", "localhost"
            })
    void isNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void anEmbeddedAddressKeepsItsSixteenOctets() {
        assertThat(IpAddress.octets("::ffff:192.0.2.1").orElseThrow())
                .hasSize(16)
                .endsWith(192, 0, 2, 1);
    }
}
