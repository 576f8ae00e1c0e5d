package dev.authmail.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.IpAddress;
import dev.authmail.roundtrip.ReceivedField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageTest {
    /** Received fields, the first one first, apart by {@code +}. */
    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            from mail.a.test (p [203.0.113.5]) by relay.example with ESMTPS + from relay.example (r [198.51.100.1]) by mx.b.test with ESMTPS | 203.0.113.5 | 198.51.100.1 | a relay that hands it to the receiver
            from mail.a.test (p [10.0.0.5]) by relay.example with ESMTPS + from relay.example (r [198.51.100.1]) by mx.b.test with ESMTPS | | 198.51.100.1 | a relay beside us sees a private address
            from p.a.test ([203.0.113.5] helo=mail.a.test) by relay.example with esmtps + by 2002:a05::1 with SMTP + from out.relay.example (o [198.51.100.2]) by mx.b.test with ESMTPS | 203.0.113.5 | 198.51.100.2 | Exim, and a server without a client
            from mail.a.test (203.0.113.5) by x.outlook.test (2603:10a6::1) with SMTP + from x.outlook.test (2603:10a6::2) by y.outlook.test with SMTP + from out.outlook.test (198.51.100.3) by mx.b.test with ESMTPS | 203.0.113.5 | 198.51.100.3 | a relay whose own servers have public addresses
            from a8-31.smtp-out.test (a8 [198.51.100.4]) by mx.b.test with ESMTPS | | 198.51.100.4 | a relay that writes no field of its own (Amazon SES)
            from mail.a.test (p [203.0.113.5]) by relay.example with ESMTPS + from relay.example (r [127.0.0.1]) by relay.example with LMTP | 203.0.113.5 | | a mailbox at the relay itself
            """)
    void whoSawWhom(String fields, String seen, String leaves, String reason) {
        List<ReceivedField> hops =
                Arrays.stream(fields.split(" \\+ ")).map(ReceivedField::parse).toList();
        Passage passage = new Passage(hops, Optional.of("Mail.a.test"));

        assertThat(passage.seenByRelay().map(IpAddress::text).orElse(null)).isEqualTo(seen);
        assertThat(passage.relayLeavesFrom().map(IpAddress::text).orElse(null)).isEqualTo(leaves);
    }
}
