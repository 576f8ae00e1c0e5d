package dev.authmail.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.mail.ForeignProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verifiers of DKIM that are not ours: dkimpy and OpenDKIM, with key records from a file. */
final class ForeignVerifiers {
    private static final Pattern SIGNATURE = Pattern.compile("(?m)^DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*");

    private final Path folder;
    private final Path json;
    private final Path openDkim;

    /**
     * @param folder for files, which may be left behind
     * @param domain that signs
     * @param records key records, by their name relative to the domain
     */
    ForeignVerifiers(Path folder, String domain, Map<String, String> records) throws IOException {
        this.folder = folder;
        Map<String, String> absolute = new TreeMap<>();
        records.forEach((name, value) -> absolute.put(name + "." + domain, value));
        json = Files.writeString(
                folder.resolve("keys.json"), JsonMapper.shared().writeValueAsString(absolute));
        Path keys = Files.write(
                folder.resolve("keys.txt"),
                absolute.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
        openDkim = Files.writeString(folder.resolve("opendkim.conf"), "Mode v\nTestPublicKeys " + keys + "\n");
    }

    /** Fails unless both find one good signature of each algorithm, and no other. */
    void bothPassBoth(byte[] mail) throws Exception {
        Path file = Files.write(folder.resolve("mail.eml"), mail);
        String script = Path.of("src/test/resources/dkim/verify.py").toString();
        String lines = ForeignProgram.run(
                "python3-dkim", List.of("/usr/bin/python3", script, json.toString(), file.toString()));
        List<JsonNode> verdicts =
                lines.lines().map(JsonMapper.shared()::readTree).toList();

        assertThat(verdicts).as(lines).allMatch(v -> v.path("pass").asBoolean());
        assertThat(verdicts)
                .extracting(v -> v.path("algorithm").asString())
                .containsExactlyInAnyOrder("rsa-sha256", "ed25519-sha256");
        openDkimPassesEach(mail);
    }

    /** OpenDKIM's test mode tells of one signature, so each is shown to it without the others. */
    private void openDkimPassesEach(byte[] mail) throws Exception {
        String text = new String(mail, ISO_8859_1);
        List<String> signatures =
                SIGNATURE.matcher(text).results().map(MatchResult::group).toList();
        assertThat(signatures).hasSize(2);
        for (String signature : signatures) {
            String alone = SIGNATURE.matcher(text).replaceAll("");
            Path file = Files.write(folder.resolve("one.eml"), (signature + alone).getBytes(ISO_8859_1));

            String words = ForeignProgram.run(
                    "opendkim", List.of("/usr/sbin/opendkim", "-x", openDkim.toString(), "-t", file.toString()));

            assertThat(words).as(signature).contains("verification (s=").contains("succeeded");
        }
    }
}
