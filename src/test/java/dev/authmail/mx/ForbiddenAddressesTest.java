package dev.authmail.mx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForbiddenAddressesTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(textBlock = """
            0.0.0.0,             true,  unspecified
            10.255.255.255,      true,  RFC 1918
            11.0.0.0,            false, just behind RFC 1918
            100.64.0.1,          true,  CGNAT RFC 6598
            100.63.255.255,      false, just before CGNAT
            100.128.0.0,         false, just behind CGNAT
            127.0.0.53,          true,  loopback
            169.254.169.254,     true,  link-local: cloud metadata
            172.16.0.1,          true,  RFC 1918
            172.31.255.255,      true,  RFC 1918
            172.32.0.0,          false, just behind RFC 1918
            192.168.1.1,         true,  RFC 1918
            192.0.0.8,           true,  IETF protocol assignments
            198.18.0.1,          true,  benchmarking
            224.0.0.1,           true,  multicast
            255.255.255.255,     true,  broadcast
            8.8.8.8,             false, public
            ::,                  true,  unspecified
            ::1,                 true,  loopback
            ::10.0.0.1,          true,  compatible form of RFC 1918
            64:ff9b::7f00:1,     true,  NAT64 of loopback
            64:ff9b::808:808,    false, NAT64 of a public address
            64:ff9b:1::1,        true,  local-use NAT64 RFC 8215
            2002:a00:1::1,       true,  6to4 of RFC 1918
            2002:808:808::1,     false, 6to4 of a public address
            ::ffff:0:a00:1,      true,  IPv4-translated RFC 1918
            2001::1,             true,  Teredo
            2001:4860:4860::8888,false, public
            fc00::1,             true,  ULA
            fdff::1,             true,  ULA
            fe80::1,             true,  link-local
            fec0::1,             true,  site-local
            ff02::1,             true,  multicast
            """)
    void onlyPublicAddressesMayBeUsed(String address, boolean forbidden, String reason) throws UnknownHostException {
        assertThat(ForbiddenAddresses.contain(InetAddress.getByName(address)))
                .as(reason)
                .isEqualTo(forbidden);
    }

    @Test
    void theMappedFormOfAPrivateAddressIsForbiddenEvenAsIpv6() throws UnknownHostException {
        assertThat(ForbiddenAddresses.contain(mapped("0a000001"))).isTrue();
        assertThat(ForbiddenAddresses.contain(mapped("08080808"))).isFalse();
    }

    private static InetAddress mapped(String ipv4) throws UnknownHostException {
        return Inet6Address.getByAddress(null, HexFormat.of().parseHex("00000000000000000000ffff" + ipv4), -1);
    }
}
