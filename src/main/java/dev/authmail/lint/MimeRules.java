package dev.authmail.lint;

import dev.authmail.mime.ContentType;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Whether the body is what it says it is. RFC 2045, RFC 2046. */
final class MimeRules {
    private MimeRules() {}

    static void check(RawMail mail, MimeMessage parsed, Findings findings) {
        boolean mime = mail.has("content-type") || mail.has("content-transfer-encoding");
        findings.addWhen(
                mime && !mail.first("mime-version").orElse("").startsWith("1.0"),
                LintRule.MIME,
                "there is a Content-Type and no MIME-Version: 1.0",
                "write MIME-Version: 1.0");
        multipart(mail, parsed, findings);
        parsed.parts().stream()
                .filter(part -> part.type().type().equals("text"))
                .forEach(part -> charset(part, findings));
        boolean eightBit = mail.body().chars().anyMatch(c -> c > 127);
        boolean declared = parsed.parts().stream()
                .anyMatch(p ->
                        p.fields().word("Content-Transfer-Encoding").orElse("").matches("8bit|binary"));
        findings.addWhen(
                eightBit && !declared,
                LintRule.MIME,
                "the body holds octets beyond ASCII and no part says so",
                "use quoted-printable or base64");
    }

    private static void multipart(RawMail mail, MimeMessage parsed, Findings findings) {
        ContentType type = parsed.type();
        if (!type.type().equals("multipart")) {
            return;
        }
        String boundary = type.parameter("boundary").orElse("");
        findings.addWhen(
                boundary.isEmpty() || boundary.length() > 70,
                LintRule.MIME,
                "the multipart has no boundary of 1 to 70 characters",
                "see RFC 2046 §5.1.1");
        findings.addWhen(
                !boundary.isEmpty() && !mail.body().contains("--" + boundary + "--"),
                LintRule.MIME,
                "the multipart is not closed",
                "end it with the boundary and two hyphens");
    }

    private static void charset(MimePart part, Findings findings) {
        String label = part.type().parameter("charset").orElse("us-ascii");
        if (!fits(part.octets(), label)) {
            findings.add(
                    LintRule.MIME,
                    "a text part is not in the charset that it names (" + label.replaceAll("[^A-Za-z0-9_.:-]", "?")
                            + ")",
                    "name the charset it is in, best UTF-8");
        }
    }

    private static boolean fits(byte[] octets, String label) {
        try {
            Charset charset = label.equalsIgnoreCase("us-ascii") ? StandardCharsets.US_ASCII : Charset.forName(label);
            charset.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return false;
        }
    }
}
