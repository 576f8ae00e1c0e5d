package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.MailMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Mails, signatures and canonical forms that others wrote, with the results they expect. */
@Tag("real")
class DkimCorpusIT {
    @Test
    void everyCoreRowComesOutAsExpected() throws IOException {
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (Corpus.Row row : Corpus.expectations()) {
            if (row.score().equals("core")) {
                rows++;
                DkimVerification verification = verify(row);
                if (!verification.result().word().equals(row.expected())) {
                    wrong.add(row.file() + " wants " + row.expected() + ": " + verification);
                }
            }
        }

        System.out.println("dkim corpus: " + (rows - wrong.size()) + " of " + rows + " core rows as expected");
        assertThat(rows).isGreaterThanOrEqualTo(30);
        assertThat(wrong).isEmpty();
    }

    @Test
    void noSignatureWithSha1EverPasses() throws IOException {
        List<SignatureResult> sha1 = new ArrayList<>();
        for (Corpus.Row row : Corpus.expectations()) {
            verify(row).signatures().stream()
                    .filter(s -> s.algorithm().equals("rsa-sha1"))
                    .forEach(sha1::add);
        }

        assertThat(sha1).hasSizeGreaterThan(15).allMatch(s -> s.result() == DkimResult.PERMERROR);
    }

    private static DkimVerification verify(Corpus.Row row) throws IOException {
        return new DkimVerifier(Corpus.zone(row.zone()), Corpus.clock(row.now())).verify(Corpus.mail(row.file()));
    }

    static Stream<JsonNode> canonicalForms() throws IOException {
        return Corpus.json("dkim/canonicalisation.json").values().stream();
    }

    @ParameterizedTest
    @MethodSource("canonicalForms")
    void canonicalFormsAreAsExpected(JsonNode row) {
        byte[] input = row.get("input").asString().getBytes(ISO_8859_1);
        String part = row.get("part").asString();
        Canonicalization form =
                Canonicalization.fromTag(row.get("algo").asString()).orElseThrow();

        String output = switch (part) {
            case "header" -> CanonicalText.header(form, input);
            case "body" -> CanonicalText.body(form, input);
            default ->
                BodyHash.of(MessageOctets.of(new byte[0]), form, Long.MAX_VALUE).base64();
        };

        assertThat(output).isEqualTo(row.get("output").asString());
    }

    static Stream<JsonNode> signCases() throws IOException {
        return Corpus.json("dkim/opendkim/sign-cases.json").values().stream()
                .filter(c -> c.get("expected_signature").asString().contains("a=rsa-sha256"));
    }

    /** OpenDKIM's own signatures: RSA is deterministic, so ours over the same fields is the same octets. */
    @ParameterizedTest
    @MethodSource("signCases")
    void ourSignatureOfAnOpenDkimCaseIsTheirs(JsonNode row, @TempDir Path dir) throws Exception {
        Path pem = Files.writeString(dir.resolve("key.pem"), row.get("key").asString());
        DkimKey key = DkimKey.load(
                row.get("domain").asString(), row.get("selector").asString(), DkimAlgorithm.RSA_SHA256, pem);
        byte[] mail = mail(row);
        MessageOctets octets = MessageOctets.of(mail);
        HeaderField field = octets.fields().get(0);
        String tagText = row.get("expected_signature").asString();
        DkimSignature theirs =
                ((Parsed.Good<DkimSignature>) TagList.parse(tagText).then(SignatureReader::read)).value();

        byte[] fields = HashInput.signedFields(octets, theirs.signedFields(), field, theirs.headerForm());
        byte[] input = HashInput.of(fields, HashInput.withoutSignature(mail, field), theirs.headerForm());
        byte[] ours = new JdkSigning().sign(key, input);

        assertThat(Base64Text.encode(ours)).isEqualTo(theirs.signature());
        assertThat(BodyHash.of(octets, theirs.bodyForm(), theirs.bodyLength()).base64())
                .isEqualTo(theirs.bodyHash());
        PublishedKeys published = name -> new PublishedKeys.Answer.Found(List.of(key.publicRecord()));
        DkimVerifier verifier = new DkimVerifier(published, Corpus.clock("1172620939"));
        assertThat(verifier.verify(new MailMessage(mail)).result()).isEqualTo(DkimResult.PASS);
    }

    private static byte[] mail(JsonNode row) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("DKIM-Signature: " + row.get("expected_signature").asString() + "\r\n").getBytes(US_ASCII));
        String fields = row.get("headers").values().stream()
                .map(h -> h.asString() + "\r\n")
                .collect(Collectors.joining());
        out.writeBytes((fields + "\r\n" + row.get("body").asString()).getBytes(ISO_8859_1));
        return out.toByteArray();
    }
}
