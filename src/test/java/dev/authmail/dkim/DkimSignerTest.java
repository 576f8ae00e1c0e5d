package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import java.security.SignatureException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimSignerTest {
    @Test
    void theWholeFieldIsAsWritten() {
        SignedMessage signed = Fixtures.signer(Fixtures.ed25519()).sign(Fixtures.plainMail());

        String text = new String(Fixtures.octets(signed), UTF_8).replace("\r\n", "\n");
        assertThat(text.substring(0, text.indexOf("From: "))).isEqualTo("""
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed; d=app.example.jp;
                 s=s2026-ed25519; t=1764000000; h=From:From:To:To:Cc:Reply-To:Subject:Subject:
                 Date:Date:Message-ID:Message-ID:In-Reply-To:References:MIME-Version:
                 MIME-Version:Content-Type:Content-Type:Content-Transfer-Encoding:
                 Content-Transfer-Encoding:Auto-Submitted;
                 bh=DeSMF8Yiayk6rGrupHYPWdSTzTjc1TI8hEpWLcXk0UU=; b=PE/rhcOBo3Jn9IgizJzcDQiv6N
                 QH/cnNoizqdVlUVYaMY5hdXUaMgkZvNNPNcbwU+3UpttvOEy/y3dLTAT6BCQ==
                """);
    }

    @Test
    void theMessageBelowIsNotTouched() {
        SignedMessage signed =
                Fixtures.signer(Fixtures.ed25519(), Fixtures.rsa()).sign(Fixtures.plainMail());

        byte[] all = Fixtures.octets(signed);
        byte[] mail = Fixtures.octets(Fixtures.plainMail());
        assertThat(Arrays.copyOfRange(all, all.length - mail.length, all.length))
                .isEqualTo(mail);
    }

    @Test
    void bothSignaturesPassAndNoLineIsLong() {
        DkimKey[] keys = {Fixtures.ed25519(), Fixtures.rsa()};

        SignedMessage signed = Fixtures.signer(keys).sign(Fixtures.plainMail());

        assertThat(Fixtures.verifier(keys).verify(Fixtures.asMail(signed)).signatures())
                .extracting(SignatureResult::algorithm, SignatureResult::result)
                .containsExactly(tuple("ed25519-sha256", DkimResult.PASS), tuple("rsa-sha256", DkimResult.PASS));
        assertThat(new String(Fixtures.octets(signed), UTF_8).split("\r\n")).allMatch(line -> line.length() <= 78);
    }

    @Test
    void changingAnySignedOctetFails() {
        DkimKey key = Fixtures.ed25519();
        byte[] signed = Fixtures.octets(Fixtures.signer(key).sign(Fixtures.plainMail()));
        DkimVerifier verifier = Fixtures.verifier(key);

        for (int i = 0; i < signed.length; i++) {
            byte[] changed = signed.clone();
            // Letters get another letter, so that no change is one of white space or case alone.
            changed[i] = (byte) (Character.isLetterOrDigit(changed[i]) ? changed[i] == 'q' ? 'z' : 'q' : changed[i]);
            if (changed[i] != signed[i]) {
                assertThat(verifier.verify(new MailMessage(changed)).result())
                        .as("octet %d of %s", i, new String(changed, UTF_8))
                        .isNotEqualTo(DkimResult.PASS);
            }
        }
    }

    @ParameterizedTest(name = "a second {0} breaks the signature")
    @CsvSource(textBlock = """
            From: Eve <eve@evil.example>
            Subject: other
            To: other@example.jp
            Cc: other@example.jp
            Reply-To: eve@evil.example
            Date: Tue, 25 Nov 2025 16:00:00 +0000
            Content-Type: text/html
            Content-Transfer-Encoding: base64
            MIME-Version: 1.0
            Message-ID: <2@evil.example>
            """)
    void noFieldThatAReaderSeesCanBeAdded(String field) {
        DkimKey key = Fixtures.ed25519();
        String signed = new String(Fixtures.octets(Fixtures.signer(key).sign(Fixtures.plainMail())), UTF_8);

        MailMessage above = new MailMessage((field + "\r\n" + signed).getBytes(UTF_8));
        MailMessage below = new MailMessage(
                signed.replaceFirst("\r\n\r\n", "\r\n" + field + "\r\n\r\n").getBytes(UTF_8));

        assertThat(Fixtures.verifier(key).verify(above).result()).isEqualTo(DkimResult.FAIL);
        assertThat(Fixtures.verifier(key).verify(below).result()).isEqualTo(DkimResult.FAIL);
    }

    @Test
    void relaysMayAddTraceFieldsAndRefold() {
        DkimKey key = Fixtures.ed25519();
        String signed = new String(Fixtures.octets(Fixtures.signer(key).sign(Fixtures.plainMail())), UTF_8);

        String relayed = "Return-Path: <bounce@app.example.jp>\r\nReceived: from a by b\r\n"
                + signed.replace("Subject: Confirm your", "SUBJECT:  Confirm\r\n\tyour") + "\r\n\r\n";

        assertThat(Fixtures.verifier(key)
                        .verify(new MailMessage(relayed.getBytes(UTF_8)))
                        .result())
                .isEqualTo(DkimResult.PASS);
    }

    @Test
    void rawUtf8FieldsAreSignedAsOctets() {
        DkimKey[] keys = {Fixtures.ed25519(), Fixtures.rsa()};
        MailMessage mail = Fixtures.mail("""
                From: 例え <noreply@app.example.jp>
                To: 花子@例え.jp
                Subject: 登録の確認 – İstanbul ıI

                本文
                """);

        SignedMessage signed = Fixtures.signer(keys).sign(mail);

        assertThat(Fixtures.verifier(keys).verify(Fixtures.asMail(signed)).signatures())
                .allMatch(s -> s.result() == DkimResult.PASS);
    }

    @Test
    void theLocaleOfTheMachineHasNoSay() {
        String english =
                new String(Fixtures.octets(Fixtures.signer(Fixtures.rsa()).sign(Fixtures.plainMail())), UTF_8);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            SignedMessage turkish = Fixtures.signer(Fixtures.rsa()).sign(Fixtures.plainMail());

            assertThat(new String(Fixtures.octets(turkish), UTF_8)).isEqualTo(english);
            assertThat(Fixtures.verifier(Fixtures.rsa())
                            .verify(Fixtures.asMail(turkish))
                            .result())
                    .isEqualTo(DkimResult.PASS);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void oneSignerServesManyThreads() throws Exception {
        DkimKey[] keys = {Fixtures.ed25519(), Fixtures.rsa()};
        DkimSigner signer = Fixtures.signer(keys);
        DkimVerifier verifier = Fixtures.verifier(keys);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Long> fifty = () -> IntStream.range(0, 50)
                    .mapToObj(i -> signer.sign(Fixtures.mail("From: a@b.example\nSubject: %d\n\n%d\n".formatted(i, i))))
                    .filter(signed -> verifier.verify(Fixtures.asMail(signed)).signatures().stream()
                            .allMatch(s -> s.result() == DkimResult.PASS))
                    .count();

            List<Future<Long>> valid = threads.invokeAll(Collections.nCopies(8, fifty));

            for (Future<Long> count : valid) {
                assertThat(count.get()).isEqualTo(50);
            }
        }
    }

    @Test
    void aLifetimeBecomesAnExpiry() {
        DkimSigner signer = new DkimSigner(
                List.of(Fixtures.ed25519()), Fixtures.CLOCK, Optional.of(Duration.ofDays(7)), new JdkSigning());

        String signed = new String(Fixtures.octets(signer.sign(Fixtures.plainMail())), UTF_8);

        assertThat(signed).contains("t=1764000000;").contains("x=1764604800;");
    }

    @Test
    void aKeyThatCannotSignStopsTheMail() {
        SigningPrimitive broken = new SigningPrimitive() {
            @Override
            public String name() {
                return "a token";
            }

            @Override
            public byte[] sign(DkimKey key, byte[] octets) throws SignatureException {
                throw new SignatureException("token removed");
            }
        };
        DkimSigner signer = new DkimSigner(List.of(Fixtures.rsa()), Fixtures.CLOCK, Optional.empty(), broken);

        assertThatThrownBy(() -> signer.sign(Fixtures.plainMail()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the DKIM key of s2026-rsa._domainkey.app.example.jp could not sign");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            To: a@b.example\\r\\n\\r\\nx\\r\\n                     | has 0                 | no From
            From: a@b\\r\\nfrom: c@d\\r\\n\\r\\nx\\r\\n            | has 2                 | two From
            From: a@b.example\\r\\n\\r\\nx\\ny\\r\\n               | bare LF               | SMTP would change it
            From: a@b.example\\rBcc: c\\r\\n\\r\\nx\\r\\n          | bare CR               | in the header
            From: a@b.example\\r\\nnonsense\\r\\n\\r\\nx\\r\\n     | no field              | not a field
            """)
    void whatWouldBreakOnItsWayIsNotSigned(String mail, String message, String why) {
        MailMessage malformed =
                new MailMessage(mail.replace("\\r", "\r").replace("\\n", "\n").getBytes(UTF_8));

        assertThatThrownBy(() -> Fixtures.signer(Fixtures.ed25519()).sign(malformed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void signersWithoutKeysOrWithOneSelectorTwiceAreRefused() {
        assertThatThrownBy(() -> Fixtures.signer()).hasMessageContaining("no key");
        assertThatThrownBy(() -> Fixtures.signer(Fixtures.rsa(), Fixtures.rsa()))
                .hasMessageContaining("same selector");
    }
}
