package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples that users copy meet every vector, each with nothing but its language. */
@Tag("real")
class VerifierSamplesIT {
    private static final Path SAMPLES = Path.of("docs/verify").toAbsolutePath();
    private static final Path VECTORS =
            Path.of("src/test/resources/authurl/vectors.json").toAbsolutePath();

    private static final String NODE = """
            import { readFileSync } from "node:fs";
            const { verify, matchesAddress } = await import(process.argv[2]);
            const file = JSON.parse(readFileSync(process.argv[3], "utf8"));
            const keys = Object.fromEntries(Object.entries(file.keys).map(([k, v]) => [k, Buffer.from(v, "base64url")]));
            for (const v of file.vectors) {
              const { state, link } = verify(v.pathAndQuery, v.purpose, file.origin, keys, file.now);
              const same = !v.link || link.uid === v.link.userId && link.id === v.link.id
                && (link.next ?? null) === v.link.next && Number(link.exp) === v.link.expires;
              const address = !v.address || matchesAddress(link, v.address, keys)
                && !matchesAddress(link, v.otherAddress, keys);
              console.log(state === v.expect && same && address ? "ok" : `wrong: ${v.name}`);
            }
            """;

    private static final String PYTHON = """
            import base64, importlib.util, json, sys
            sys.dont_write_bytecode = True
            spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
            sample = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(sample)
            file = json.load(open(sys.argv[2], encoding="utf-8"))
            keys = {k: base64.urlsafe_b64decode(v + "=" * (-len(v) % 4)) for k, v in file["keys"].items()}
            for v in file["vectors"]:
                state, link = sample.verify(v["pathAndQuery"], v["purpose"], file["origin"], keys, file["now"])
                want = v.get("link")
                same = not want or (link["uid"], link["id"], link.get("next"), int(link["exp"])) == (
                    want["userId"], want["id"], want["next"], want["expires"])
                address = "address" not in v or (sample.matches_address(link, v["address"], keys)
                    and not sample.matches_address(link, v["otherAddress"], keys))
                print("ok" if state == v["expect"] and same and address else "wrong: " + ascii(v["name"]))
            """;

    private static final String PHP = """
            <?php
            require $argv[1];
            $file = json_decode(file_get_contents($argv[2]), true);
            $keys = array_map(fn ($v) => base64_decode(strtr($v, "-_", "+/")), $file["keys"]);
            foreach ($file["vectors"] as $v) {
              [$state, $link] = verify($v["pathAndQuery"], $v["purpose"], $file["origin"], $keys, $file["now"]);
              $want = $v["link"] ?? null;
              $same = !$want || [$link["uid"], $link["id"], $link["next"] ?? null, (int) $link["exp"]]
                === [$want["userId"], $want["id"], $want["next"], $want["expires"]];
              $address = !isset($v["address"]) || matchesAddress($link, $v["address"], $keys)
                && !matchesAddress($link, $v["otherAddress"], $keys);
              echo $state === $v["expect"] && $same && $address ? "ok" : "wrong: " . $v["name"], "\n";
            }
            """;

    private static final String GO = """
            package verify
            import ("encoding/base64"; "encoding/json"; "fmt"; "os"; "strconv"; "testing"; "time")
            type wanted struct { UserId, Id string; Next *string; Expires int64 }
            type vector struct { Name, Purpose, PathAndQuery, Expect, Address, OtherAddress string; Link *wanted }
            type file struct { Origin string; Now int64; Keys map[string]string; Vectors []vector }
            func TestVectors(t *testing.T) {
              var f file
              text, _ := os.ReadFile(os.Getenv("VECTORS"))
              if err := json.Unmarshal(text, &f); err != nil { t.Fatal(err) }
              keys := map[string][]byte{}
              for kid, key := range f.Keys { keys[kid], _ = base64.RawURLEncoding.DecodeString(key) }
              for _, v := range f.Vectors {
                state, link := Link(v.PathAndQuery, v.Purpose, f.Origin, keys, time.Unix(f.Now, 0))
                right := state == v.Expect
                if w := v.Link; w != nil {
                  next, there := link["next"]
                  right = right && link["uid"] == w.UserId && link["id"] == w.Id &&
                    link["exp"] == strconv.FormatInt(w.Expires, 10) &&
                    there == (w.Next != nil) && (!there || next == *w.Next)
                }
                if v.Address != "" {
                  right = right && MatchesAddress(link, v.Address, keys) && !MatchesAddress(link, v.OtherAddress, keys)
                }
                if right { fmt.Println("ok") } else { fmt.Println("wrong: " + v.Name) }
              }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void nodeAgreesOnEveryVector() throws Exception {
        var driver = Files.writeString(folder.resolve("driver.mjs"), NODE);

        agrees(run("node", driver.toString(), SAMPLES.resolve("verify.mjs").toString(), VECTORS.toString()));
    }

    @Test
    void pythonAgreesOnEveryVector() throws Exception {
        var driver = Files.writeString(folder.resolve("driver.py"), PYTHON);

        agrees(run("python3", driver.toString(), SAMPLES.resolve("verify.py").toString(), VECTORS.toString()));
    }

    @Test
    void phpAgreesOnEveryVector() throws Exception {
        var driver = Files.writeString(folder.resolve("driver.php"), PHP);

        agrees(run("php", driver.toString(), SAMPLES.resolve("verify.php").toString(), VECTORS.toString()));
    }

    /** With Debian's compiler, in a folder and with a cache of its own, asking nobody for modules. */
    @Test
    void goAgreesOnEveryVector() throws Exception {
        Files.copy(SAMPLES.resolve("verify.go"), folder.resolve("verify.go"));
        Files.copy(SAMPLES.resolve("code.go"), folder.resolve("code.go"));
        Files.writeString(folder.resolve("verify_test.go"), GO);
        Files.writeString(folder.resolve("code_test.go"), CodeSamplesIT.GO);
        Files.writeString(folder.resolve("go.mod"), "module verify\n");
        var environment = Map.of(
                "VECTORS",
                VECTORS.toString(),
                "CODES",
                CodeSamplesIT.VECTORS.toString(),
                "GOCACHE",
                folder.resolve("cache").toString(),
                "GOFLAGS",
                "-mod=mod",
                "GOPROXY",
                "off");

        var lines = SampleProgram.run(folder, environment, "go", "test", "-v", ".");
        assertThat(lines.stream().filter(line -> line.matches("ok|wrong: .*")).toList())
                .hasSize((int) (Vectors.all().count() + CodeVectors.all().count()))
                .containsOnly("ok");
    }

    @Test
    void javaVerifiersAndTheirSamplesCompileAlone() {
        var room = Path.of("src/main/java/dev/authmail/authurl");
        var javac = ToolProvider.getSystemJavaCompiler();
        var words = new StringWriter();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjects(
                    room.resolve("AuthUrlVerifier.java"),
                    SAMPLES.resolve("Verify.java"),
                    room.resolve("OneTimeCodeVerifier.java"),
                    SAMPLES.resolve("Code.java"));
            var options = List.of("--release", "21", "-d", folder.toString(), "-cp", folder.toString(), "-proc:none");

            boolean compiled =
                    javac.getTask(words, files, null, options, null, sources).call();

            assertThat(compiled).as(words.toString()).isTrue();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void agrees(List<String> verdicts) {
        assertThat(verdicts).hasSize((int) Vectors.all().count()).containsOnly("ok");
    }

    private List<String> run(String... command) throws Exception {
        return SampleProgram.run(folder, Map.of(), command);
    }
}
