package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.MailMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimVerifierTest {
    private static final DkimKey KEY = Fixtures.ed25519();
    private static final String TAGS =
            "v=1; a=ed25519-sha256; d=app.example.jp; s=s2026-ed25519; c=relaxed; t=1764000000;"
                    + " h=from:to:subject; bh=#; b=";
    private static final String MAIL =
            "From: a@app.example.jp\r\nTo: b@example.jp\r\nSubject: x\r\n\r\nbody\r\nmore\r\n";

    /** A mail with a signature over the tags as given, so that only the tags are at fault. */
    private static MailMessage signed(String tags) throws Exception {
        Parsed<DkimSignature> meant =
                TagList.parse(TAGS.replace("#", "AAAA") + "AAAA").then(SignatureReader::read);
        DkimSignature usual = ((Parsed.Good<DkimSignature>) meant).value();
        TagList list = TagList.parse(tags).then(Parsed.Good::new) instanceof Parsed.Good<TagList>(TagList l)
                ? l
                : TagList.NONE;
        MessageOctets message = MessageOctets.of(MAIL.getBytes(UTF_8));
        long limit = list.get("l")
                .filter(l -> l.matches("[0-9]+"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        Canonicalization body =
                list.get("c", "simple").endsWith("/relaxed") ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
        Canonicalization header =
                list.get("c", "simple").startsWith("relaxed") ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
        String text = tags.replace("#", BodyHash.of(message, body, limit).base64());
        byte[] field = ("DKIM-Signature: " + text).getBytes(UTF_8);
        byte[] fields = HashInput.signedFields(message, list.list("h", ""), null, header);
        byte[] input =
                HashInput.of(fields, HashInput.withoutSignature(field, HeaderField.at(field, 0, field.length)), header);
        byte[] signature = new JdkSigning().sign(KEY, input);
        return new MailMessage(
                ("DKIM-Signature: " + text + Base64Text.encode(signature) + "\r\n" + MAIL).getBytes(UTF_8));
    }

    private static DkimVerification verify(MailMessage mail, String record) {
        return new DkimVerifier(name -> new PublishedKeys.Answer.Found(List.of(record)), Fixtures.CLOCK).verify(mail);
    }

    @ParameterizedTest(name = "{0} → {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            v=1         | v=1                     | PASS      | good signature
            v=1;        | v=2;                    | PERMERROR | v= is not 1
            v=1;        | ''                      | PERMERROR | v= is missing
            a=ed25519-sha256 | a=rsa-sha1         | PERMERROR | rsa-sha1 proves nothing
            a=ed25519-sha256 | a=ed25519-sha512   | PERMERROR | unknown algorithm
            a=ed25519-sha256 | a=rsa-sha256       | PERMERROR | the key is of type ed25519
            d=app.example.jp | d=app example.jp;d2=x | PERMERROR | no key at
            d=app.example.jp | d=-app.example.jp  | PERMERROR | d= is not a domain name
            d=app.example.jp; | ''                | PERMERROR | d= is missing
            s=s2026     | s=*                     | PERMERROR | s= is not a selector
            c=relaxed   | c=relaxed/relaxed       | PASS      | good
            c=relaxed   | c=simple/simple         | PASS      | good
            c=relaxed   | c=simple/relaxed        | PASS      | good
            c=relaxed;  | ''                      | PASS      | good
            c=relaxed   | c=nowsp                 | PERMERROR | unknown canonicalization
            c=relaxed   | c=relaxed/simple/simple | PERMERROR | unknown canonicalization
            t=1764000000 | t=1764090000           | PERMERROR | from the future
            t=1764000000 | t=1764086400           | PASS      | a day of clock skew is forgiven
            t=1764000000 | t=yesterday            | PERMERROR | t= is not a number
            t=1764000000 | t=1764000000; x=1764000000 | PERMERROR | x= is not later
            t=1764000000 | t=1; x=1763999999      | PERMERROR | expired
            t=1764000000 | t=1; x=1764000000      | PASS      | not yet expired
            t=1764000000 | x=99999999999999999999999 | PASS   | oversized expiry never comes
            h=from      | h=from:from             | PASS      | over-signed
            h=from      | h=From                  | PASS      | names have no case
            h=from      | h=from : cc             | PASS      | FWS and a field that is not there
            h=from      | h=date                  | PERMERROR | does not sign From
            h=from      | h=from:                 | PERMERROR | empty name
            bh=#        | bh=#; l=4               | PASS      | octets of the body are not signed
            bh=#        | bh=#; l=0               | PASS      | 12 octets of the body are not signed
            bh=#        | bh=#; l=12              | PASS      | all of it
            bh=#        | bh=#; l=13              | PERMERROR | l= is larger
            bh=#        | bh=#; l=-1              | PERMERROR | l= is not a number
            bh=#        | bh=AAAA                 | FAIL      | the body was changed
            bh=#        | bh=!                    | PERMERROR | bh= is not base64
            bh=#        | bh=#; i=@app.example.jp | PASS      | same domain
            bh=#        | bh=#; i=x@b.app.example.jp | PASS   | a subdomain
            bh=#        | bh=#; i=x=40app.example.jp | PASS   | quoted-printable
            bh=#        | bh=#; i=@example.jp     | PERMERROR | i= is not within
            bh=#        | bh=#; i=@notapp.example.jp.evil.example | PERMERROR | i= is not within
            bh=#        | bh=#; i=@evilapp.example.jp | PERMERROR | i= is not within
            bh=#        | bh=#; q=dns/txt:other   | PASS      | one of the methods is ours
            bh=#        | bh=#; q=http            | PERMERROR | q= does not offer
            bh=#        | bh=#; xtra=anything     | PASS      | unknown tags are ignored
            bh=#        | bh=#; v=1               | PERMERROR | occurs twice
            bh=#        | bh=#; nonsense          | PERMERROR | not a list
            b=          | b=====                  | PERMERROR | b= is not base64
            """)
    void signatureTagsObeyTheRfc(String usual, String tags, DkimResult result, String reason) throws Exception {
        MailMessage mail = signed(TAGS.replaceFirst(usual, tags));

        DkimVerification verification = tags.contains("d2=x")
                ? new DkimVerifier(name -> new PublishedKeys.Answer.NotFound(), Fixtures.CLOCK).verify(mail)
                : verify(mail, KEY.publicRecord());

        assertThat(verification.signatures()).singleElement().satisfies(s -> {
            assertThat(s.result()).as(s.reason()).isEqualTo(result);
            if (result != DkimResult.PASS) {
                assertThat(s.reason()).contains(reason);
            }
        });
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            v=DKIM1; k=ed25519; p=#                     | PASS      | as published
            k=ed25519; p=#                              | PASS      | v= may be missing
            ' k = ed25519 ; p = # ; '                   | PASS      | white space and a last semicolon
            k=ed25519; v=DKIM1; p=#                     | PERMERROR | does not begin with v=DKIM1
            v=DKIM2; k=ed25519; p=#                     | PERMERROR | does not begin with v=DKIM1
            k=ed25519; p=                               | PERMERROR | revoked
            k=ed25519                                   | PERMERROR | no p=
            ''                                          | PERMERROR | no p=
            k=ed25519; t; p=#                           | PERMERROR | not a list
            k=ed25519; p=AAAA                           | PERMERROR | 32 octets
            k=ed25519; p=???                            | PERMERROR | not base64
            p=#                                         | PERMERROR | not an RSA key
            k=dsa; p=#                                  | PERMERROR | unknown key type
            k=ed25519; h=sha256; p=#                    | PASS      | the hash we use
            k=ed25519; h=sha1:sha256; p=#               | PASS      | among others
            k=ed25519; h=sha1; p=#                      | PERMERROR | does not allow sha256
            k=ed25519; s=email; p=#                     | PASS      | for mail
            k=ed25519; s=*; p=#                         | PASS      | for all
            k=ed25519; s=tlsrpt; p=#                    | PERMERROR | not for mail
            k=ed25519; g=nobody; p=#                    | PASS      | g= is history
            k=ed25519; t=y; p=#                         | PASS      | testing changes no result
            k=ed25519; t=s; p=#                         | PERMERROR | same domain
            """)
    void keyRecordsObeyTheRfc(String record, DkimResult result, String reason) throws Exception {
        String key = KEY.publicRecord().substring(KEY.publicRecord().indexOf("p=") + 2);

        DkimVerification verification =
                verify(signed(TAGS.replace("bh=#", "bh=#; i=@sub.app.example.jp")), record.replace("#", key));

        assertThat(verification.signatures()).singleElement().satisfies(s -> {
            assertThat(s.result()).as(s.reason()).isEqualTo(result);
            if (result != DkimResult.PASS) {
                assertThat(s.reason()).contains(reason);
            }
        });
    }

    @Test
    void shortRsaKeysProveNothing() throws Exception {
        MailMessage mail = signed(TAGS.replace("ed25519-sha256", "rsa-sha256"));
        // openssl pkey -in rsa768.pem -pubout
        String record = "k=rsa; p="
                + "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAM5k61f8+LIiIjFEXs3k9Pyg/bj/mwBMwciXZ/Qe3evkGgxLts80xRHAd/aEDLTtK+NWOdemU2yRZphPlw1li9gwtvq5kvSeLv2tXQPNItJ+PqXT/WCAX6EIVu0Fk2orJQIDAQAB";

        assertThat(verify(mail, record).signatures().get(0).reason()).contains("768 bits");
    }

    @Test
    void theDnsAnswersAreToldApart() throws Exception {
        Map<PublishedKeys.Answer, DkimResult> results = Map.of(
                new PublishedKeys.Answer.NotFound(), DkimResult.PERMERROR,
                new PublishedKeys.Answer.Unavailable("SERVFAIL"), DkimResult.TEMPERROR,
                new PublishedKeys.Answer.Found(List.of("spf", KEY.publicRecord())), DkimResult.PASS);

        for (Map.Entry<PublishedKeys.Answer, DkimResult> entry : results.entrySet()) {
            DkimVerifier verifier = new DkimVerifier(name -> entry.getKey(), Fixtures.CLOCK);
            assertThat(verifier.verify(signed(TAGS)).result()).isEqualTo(entry.getValue());
        }
    }

    @Test
    void unsignedMailsHaveNoResult() {
        assertThat(verify(new MailMessage(MAIL.getBytes(UTF_8)), "").result()).isEqualTo(DkimResult.NONE);
    }

    @Test
    void oneGoodSignatureIsEnough() throws Exception {
        String good = new String(Fixtures.octets(signed(TAGS)), StandardCharsets.UTF_8);
        String bad = "DKIM-Signature: v=1; a=rsa-sha1\r\nDKIM-Signature: nonsense\r\n";

        DkimVerification verification = verify(new MailMessage((bad + good).getBytes(UTF_8)), KEY.publicRecord());

        assertThat(verification.result()).isEqualTo(DkimResult.PASS);
        assertThat(verification.signatures())
                .extracting(SignatureResult::result)
                .containsExactly(DkimResult.PERMERROR, DkimResult.PERMERROR, DkimResult.PASS);
    }

    @Test
    void onlyTenSignaturesAreChecked() throws Exception {
        String good = new String(Fixtures.octets(signed(TAGS)), StandardCharsets.UTF_8);
        String junk = "DKIM-Signature: v=1\r\n".repeat(10);

        DkimVerification verification = verify(new MailMessage((junk + good).getBytes(UTF_8)), KEY.publicRecord());

        assertThat(verification.signatures())
                .hasSize(11)
                .last()
                .satisfies(s -> assertThat(s.reason()).contains("more than 10"));
    }

    @Test
    void hugeFieldsAreNotChecked() {
        String huge = "DKIM-Signature: v=1; h=" + "from:".repeat(10_000) + "from\r\n";

        assertThat(verify(new MailMessage((huge + MAIL).getBytes(UTF_8)), "").signatures())
                .singleElement()
                .satisfies(s -> assertThat(s.reason()).contains("too large"));
    }

    @Test
    void fieldsAreTakenFromTheBottom() throws Exception {
        String good = new String(Fixtures.octets(signed(TAGS)), StandardCharsets.UTF_8);

        MailMessage above = new MailMessage(("Subject: new\r\n" + good).getBytes(UTF_8));
        MailMessage below = new MailMessage(
                good.replace("\r\n\r\n", "\r\nSubject: new\r\n\r\n").getBytes(UTF_8));

        assertThat(verify(above, KEY.publicRecord()).result()).isEqualTo(DkimResult.PASS);
        assertThat(verify(below, KEY.publicRecord()).result()).isEqualTo(DkimResult.FAIL);
    }

    @Test
    void idnDomainsAreLookedUpAsALabels() {
        List<String> asked = new ArrayList<>();
        DkimVerifier verifier = new DkimVerifier(
                name -> {
                    asked.add(name);
                    return new PublishedKeys.Answer.NotFound();
                },
                Fixtures.CLOCK);

        verifier.verify(
                new MailMessage(("DKIM-Signature: v=1; a=rsa-sha256; d=例え.jp; s=s; h=from; bh=AAAA; b=AAAA\r\n" + MAIL)
                        .getBytes(UTF_8)));

        assertThat(asked).containsExactly("s._domainkey.xn--r8jz45g.jp");
    }
}
