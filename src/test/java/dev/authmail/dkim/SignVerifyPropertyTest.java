package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.junit.jupiter.api.Test;

/** What we sign verifies, for any mail: by ourselves with both algorithms, by jDKIM with RSA. */
class SignVerifyPropertyTest {
    @Test
    void whatWeSignWeVerify() {
        long seed = System.nanoTime();
        GeneratedMails mails = new GeneratedMails(new Random(seed), true);
        DkimKey[] keys = {Fixtures.ed25519(), Fixtures.rsa()};
        DkimSigner signer = Fixtures.signer(keys);
        DkimVerifier verifier = Fixtures.verifier(keys);

        for (int i = 0; i < 300; i++) {
            MailMessage mail = mails.next();
            SignedMessage signed = signer.sign(mail);
            assertThat(verifier.verify(Fixtures.asMail(signed)).signatures())
                    .as("seed %d, mail %d: %s", seed, i, shown(mail))
                    .hasSize(2)
                    .allMatch(s -> s.result() == DkimResult.PASS);
        }
    }

    @Test
    void whatWeSignJdkimVerifies() throws Exception {
        long seed = System.nanoTime();
        GeneratedMails mails = new GeneratedMails(new Random(seed), false);
        DkimSigner signer = Fixtures.signer(Fixtures.rsa());
        List<String> record = List.of(Fixtures.rsa().publicRecord());
        PublicKeyRecordRetriever retriever = (method, selector, domain) -> record;

        for (int i = 0; i < 100; i++) {
            MailMessage mail = mails.next();
            if (hasBody(mail)) {
                byte[] signed = Fixtures.octets(signer.sign(mail));
                DKIMVerifier jdkim = new DKIMVerifier(retriever); // one instance a mail: it keeps its results
                assertThat(jdkim.verify(new ByteArrayInputStream(signed)))
                        .as("seed %d, mail %d: %s", seed, i, shown(mail))
                        .hasSize(1);
            }
        }
    }

    /** jDKIM 0.5 hashes a body without text as one CRLF, where RFC 6376 §3.4.4 wants nothing. */
    private static boolean hasBody(MailMessage mail) {
        MessageOctets octets = MessageOctets.of(mail);
        byte[] body = Arrays.copyOfRange(octets.octets(), octets.bodyStart(), mail.size());
        return !CanonicalText.body(Canonicalization.RELAXED, body).isEmpty();
    }

    private static String shown(MailMessage mail) {
        return new String(Fixtures.octets(mail), UTF_8).replace("\r", "\\r").replace("\n", "\\n\n");
    }
}
