package dev.authmail.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.address.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedFieldTest {
    @ParameterizedTest(name = "{5}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            from a.test (ptr.a.test [203.0.113.5]) by mx.b.test (Postfix) with ESMTPS id 1 for <x@b.test>; Mon | 203.0.113.5 | mx.b.test | ESMTPS | true | Postfix
            from a.test (unknown [203.0.113.5]) by mx.b.test (Postfix) with ESMTP id 1; Mon | 203.0.113.5 | mx.b.test | ESMTP | false | Postfix without TLS
            from a.test (ptr.a.test [IPv6:2001:db8::5]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)) by mx.b.test (Postfix) with ESMTPSA id 1; Mon | 2001:db8::5 | mx.b.test | ESMTPSA | true | Postfix that tells the cipher
            from ptr.a.test ([203.0.113.5] helo=[192.0.2.9]) by mx.b.test with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <x@a.test>) id 1; Mon | 203.0.113.5 | mx.b.test | ESMTPS | true | Exim: an address in HELO is the client's word
            from unknown (HELO [192.0.2.9]) (203.0.113.5) by mx.b.test with SMTP; 1 Jan | 203.0.113.5 | mx.b.test | SMTP | false | qmail
            from a.test (203.0.113.5) by X.b.test (10.0.0.9) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE) id 15.20; Mon | 203.0.113.5 | X.b.test | MICROSOFT | true | Exchange
            from a.test (ptr.a.test. [203.0.113.5]) by mx.google.test with ESMTPS id 1 (version=TLS1_3 cipher=TLS_AES bits=256/256); Mon | 203.0.113.5 | mx.google.test | ESMTPS | true | Gmail's border
            by 2002:a05:6a10:1234:0:0:0:0 with SMTP id 1; Mon | | 2002:a05:6a10:1234:0:0:0:0 | SMTP | false | Gmail within
            from [192.0.2.9] (203.0.113.5) by mail.b.test id 1 for <x@b.test>; Wed | 203.0.113.5 | mail.b.test | | false | what the client said stands before
            from mail.a.test ([203.0.113.5]) by localhost (b.test [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 1; Fri | 203.0.113.5 | localhost | ESMTP | false | amavis: the server's own address comes later
            from client.test  [203.0.113.5] by mx.b.test with SUBMISSION; Fri | 203.0.113.5 | mx.b.test | SUBMISSION | false | no parentheses
            from a.test (ptr [203.0.113.5]) by mx.b.test with UTF8SMTPS id 1; Fri | 203.0.113.5 | mx.b.test | UTF8SMTPS | true | RFC 6531
            from a.test (ptr [203.0.113.5]) by mx.b.test with LMTP id 1; Fri | 203.0.113.5 | mx.b.test | LMTP | false | LMTP without TLS
            from a.test by mx.b.test; Fri | | mx.b.test | | false | nothing but names
            from a.test (999.1.1.1) by mx.b.test; Fri | | mx.b.test | | false | no address
            (((((( | | | | false | nothing that can be understood
            """)
    void everyServerWritesItsOwnWay(String value, String client, String by, String protocol, boolean tls, String who) {
        ReceivedField field = ReceivedField.parse(value);

        assertThat(field.client().map(IpAddress::text).orElse(null)).isEqualTo(client);
        assertThat(field.by()).isEqualTo(by == null ? "" : by);
        assertThat(field.protocol()).isEqualTo(protocol == null ? "" : protocol);
        assertThat(field.tls()).isEqualTo(tls);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "203.0.113.5, true, anybody sees it",
        "2001:db8::5, true, anybody sees it",
        "10.1.2.3, false, RFC 1918",
        "192.168.1.2, false, RFC 1918",
        "127.0.0.1, false, loopback",
        "100.64.1.1, false, RFC 6598",
        "100.128.0.1, true, just behind it",
        "169.254.1.1, false, link-local",
        "fd00::1, false, RFC 4193",
        "fe80::1, false, link-local"
    })
    void aPrivateAddressTellsNothingOfTheOutside(String address, boolean isPublic, String reason) {
        assertThat(ReceivedField.parse("from a (b [" + address + "]) by c").hasPublicClient())
                .as(reason)
                .isEqualTo(isPublic);
    }

    @Test
    void aLongFieldIsReadInNoTime() {
        String hostile = "from " + "(".repeat(50_000) + " by ".repeat(50_000) + ")".repeat(50_000);

        assertThat(ReceivedField.parse(hostile).client()).isEmpty();
    }
}
