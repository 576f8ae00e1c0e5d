package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.MailMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What we sign passes in dkimpy and in OpenDKIM, both algorithms. Needs Debian's python3-dkim, python3-nacl and opendkim;
 * a missing one is a failure that names it.
 */
@Tag("real")
class ForeignVerifiersIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<DkimKey> KEYS = List.of(Fixtures.ed25519(), Fixtures.rsa());

    @TempDir
    private Path dir = Path.of("");

    private static Map<String, MailMessage> mails() {
        Map<String, MailMessage> mails = new LinkedHashMap<>();
        mails.put("plain", Fixtures.plainMail());
        mails.put("8bit", Fixtures.mail("""
                From: a@app.example.jp
                Subject: =?utf-8?B?55m76Yyy?=
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                登録の確認\s\s
                \tタブ \tと  空白\t

                """));
        mails.put(
                "latin1",
                new MailMessage(concat(
                        "From: a@app.example.jp\r\nSubject: x\r\n\r\n".getBytes(UTF_8),
                        new byte[] {(byte) 0xe9, ' ', '\r', '\n'})));
        mails.put("smtputf8", Fixtures.mail("""
                From: 例え <登録@app.example.jp>
                To: 花子@例え.jp
                Subject: 登録の確認
                 続き

                本文
                """));
        mails.put("dots", Fixtures.mail("From: a@app.example.jp\nSubject: x\n\n.\n..\n.a\n\n.\n"));
        mails.put("long-line", Fixtures.mail("From: a@app.example.jp\nSubject: x\n\n" + "x".repeat(998) + "\n"));
        mails.put("empty-body", Fixtures.mail("From: a@app.example.jp\nSubject: x\n\n"));
        mails.put("no-final-line-end", Fixtures.mail("From: a@app.example.jp\nSubject: x\n\nbody"));
        return mails;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void dkimpyPassesBothSignaturesOfEveryMail() throws Exception {
        List<Path> files = signed(KEYS);
        Path keys = Files.writeString(dir.resolve("keys.json"), JSON.writeValueAsString(records()));
        String script = Fixtures.FOLDER.resolve("verify.py").toString();
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script, keys.toString()));
        files.forEach(file -> command.add(file.toString()));

        Output output = run(command, "python3-dkim and python3-nacl");

        List<JsonNode> lines = output.text().lines().map(JSON::readTree).toList();
        assertThat(lines)
                .as(output.text())
                .hasSize(2 * files.size())
                .allMatch(line -> line.get("pass").asBoolean());
        assertThat(lines.stream()
                        .filter(line -> line.get("algorithm").asString().equals("ed25519-sha256")))
                .hasSize(files.size());
    }

    /** OpenDKIM's test mode tells of one signature a mail, so that each key signs mails of its own, too. */
    @Test
    void openDkimPassesEverySignature() throws Exception {
        Path keys = dir.resolve("keys.txt");
        Files.write(
                keys,
                records().entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
        Path conf = Files.writeString(dir.resolve("opendkim.conf"), "Mode v\nTestPublicKeys " + keys + "\n");

        for (List<DkimKey> signers : List.of(KEYS, KEYS.subList(0, 1), KEYS.subList(1, 2))) {
            for (Path file : signed(signers)) {
                Output output =
                        run(List.of("/usr/sbin/opendkim", "-x", conf.toString(), "-t", file.toString()), "opendkim");
                assertThat(output.text())
                        .as("%s signed with %s", file.getFileName(), signers)
                        .contains("verification (s=")
                        .contains("succeeded");
                assertThat(output.status()).isZero();
            }
        }
    }

    private static Map<String, String> records() {
        Map<String, String> records = new LinkedHashMap<>();
        KEYS.forEach(key -> records.put(key.recordName(), key.publicRecord()));
        return records;
    }

    private List<Path> signed(List<DkimKey> keys) throws IOException {
        DkimSigner signer = new DkimSigner(keys, Fixtures.CLOCK);
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, MailMessage> mail : mails().entrySet()) {
            Path file = dir.resolve(mail.getKey() + ".eml");
            files.add(Files.write(file, asReceived(Fixtures.octets(signer.sign(mail.getValue())))));
        }
        return files;
    }

    /** SMTP ends every last line. */
    private static byte[] asReceived(byte[] octets) {
        return octets[octets.length - 1] == '\n' ? octets : concat(octets, Octets.CRLF);
    }

    private record Output(String text, int status) {}

    private Output run(List<String> command, String packages) throws Exception {
        Path out = dir.resolve("output.txt");
        assertThat(Path.of(command.get(0)))
                .as("install the Debian packages %s", packages)
                .exists();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("%s ends within a minute", command.get(0))
                .isTrue();
        String text = Files.readString(out);
        assertThat(text)
                .as("install the Debian packages %s", packages)
                .doesNotContain("ModuleNotFoundError", "ImportError");
        return new Output(text, process.exitValue());
    }
}
