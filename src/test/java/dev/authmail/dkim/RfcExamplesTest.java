package dev.authmail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.MailMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of RFC 6376 appendix A and RFC 8463 appendix A. Both algorithms are deterministic. */
class RfcExamplesTest {
    private static final String RFC6376 = "rfc6376-appendix-a.eml";
    private static final String RFC8463 = "rfc8463-appendix-a.eml";

    private static DkimKey key(String domain, String selector, DkimAlgorithm algorithm, String pem) {
        return DkimKey.load(domain, selector, algorithm, Fixtures.FOLDER.resolve(pem));
    }

    private static DkimKey brisbane() {
        return key("example.com", "brisbane", DkimAlgorithm.RSA_SHA256, "rfc6376-appendix-c.pem");
    }

    private static DkimKey ed25519() {
        String pem = "rfc8463-appendix-a-ed25519.pem";
        return key("football.example.com", "brisbane", DkimAlgorithm.ED25519_SHA256, pem);
    }

    private static DkimKey rsa() {
        return key("football.example.com", "test", DkimAlgorithm.RSA_SHA256, "rfc8463-appendix-a-rsa.pem");
    }

    @Test
    void theirSignaturesPass() {
        DkimVerifier verifier = Fixtures.verifier(brisbane(), ed25519(), rsa());

        assertThat(verifier.verify(Fixtures.read(RFC6376)).signatures())
                .extracting(SignatureResult::result)
                .containsExactly(DkimResult.PASS);
        assertThat(verifier.verify(Fixtures.read(RFC8463)).signatures())
                .extracting(SignatureResult::result)
                .containsExactly(DkimResult.PASS, DkimResult.PASS);
    }

    static Stream<Arguments> signatures() {
        return Stream.of(
                Arguments.of(RFC6376, 0, brisbane()),
                Arguments.of(RFC8463, 0, ed25519()),
                Arguments.of(RFC8463, 1, rsa()));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void ourSignaturesAreTheirsToTheOctet(String file, int index, DkimKey key) throws Exception {
        MailMessage mail = Fixtures.read(file);
        MessageOctets octets = MessageOctets.of(mail);
        HeaderField field = octets.fields().get(index);
        DkimSignature theirs = signature(octets, field);

        byte[] fields = HashInput.signedFields(octets, theirs.signedFields(), field, theirs.headerForm());
        byte[] unsigned = HashInput.withoutSignature(octets.octets(), field);
        byte[] ours = new JdkSigning().sign(key, HashInput.of(fields, unsigned, theirs.headerForm()));

        assertThat(Base64Text.encode(ours)).isEqualTo(theirs.signature());
        assertThat(BodyHash.of(octets, theirs.bodyForm(), Long.MAX_VALUE).base64())
                .isEqualTo(theirs.bodyHash());
    }

    private static DkimSignature signature(MessageOctets octets, HeaderField field) {
        int value = field.from() + "DKIM-Signature:".length();
        Parsed<DkimSignature> read =
                TagList.parse(TagList.text(octets.octets(), value, field.to())).then(SignatureReader::read);
        return ((Parsed.Good<DkimSignature>) read).value();
    }

    @Test
    void publicRecordsAreThoseOfTheRfcs() {
        assertThat(List.of(brisbane().publicRecord(), ed25519().publicRecord(), rsa().publicRecord()))
                .containsExactly(
                        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7"
                                + "/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0"
                                + "fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB",
                        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6w"
                                + "y5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4h"
                                + "stT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
    }
}
