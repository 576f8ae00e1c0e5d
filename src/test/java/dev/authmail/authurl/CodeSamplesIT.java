package dev.authmail.authurl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The samples for codes meet every vector, each with nothing but its language; {@link VerifierSamplesIT} runs Go's, which
 * takes the time of a compiler, and compiles Java's.
 */
@Tag("real")
class CodeSamplesIT {
    static final Path VECTORS = Path.of("src/test/resources/authurl/codes.json").toAbsolutePath();
    private static final Path SAMPLES = Path.of("docs/verify").toAbsolutePath();

    private static final String NODE = """
            import { readFileSync } from "node:fs";
            const { verify } = await import(process.argv[2]);
            const file = JSON.parse(readFileSync(process.argv[3], "utf8"));
            const keys = Object.values(file.keys).map((v) => Buffer.from(v, "base64url"));
            for (const v of file.vectors) {
              let tries = v.tries;
              const { state } = await verify(v.typed, v.purpose, v.event, v.userId, v.address, keys, file.lifetime,
                async () => ++tries, v.now);
              const counted = tries - v.tries === (v.name.endsWith("and no try") ? 0 : 1);
              console.log(state === v.expect && counted ? "ok" : `wrong: ${v.name}`);
            }
            """;

    private static final String PYTHON = """
            import base64, importlib.util, json, sys
            sys.dont_write_bytecode = True
            spec = importlib.util.spec_from_file_location("code_sample", sys.argv[1])
            sample = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(sample)
            file = json.load(open(sys.argv[2], encoding="utf-8"))
            keys = [base64.urlsafe_b64decode(v + "=" * (-len(v) % 4)) for v in file["keys"].values()]
            for v in file["vectors"]:
                ids = []
                count = lambda id: ids.append(id) or v["tries"] + len(ids)
                state, id = sample.verify(v["typed"], v["purpose"], v["event"], v["userId"], v["address"], keys,
                    file["lifetime"], count, v["now"])
                counted = ids == ([] if v["name"].endswith("and no try") else [id])
                print("ok" if state == v["expect"] and counted else "wrong: " + ascii(v["name"]))
            """;

    private static final String PHP = """
            <?php
            require $argv[1];
            $file = json_decode(file_get_contents($argv[2]), true);
            $keys = array_map(fn ($v) => base64_decode(strtr($v, "-_", "+/")), array_values($file["keys"]));
            foreach ($file["vectors"] as $v) {
              $tries = $v["tries"];
              $count = function (string $id) use (&$tries) { return ++$tries; };
              [$state] = verifyCode($v["typed"], $v["purpose"], $v["event"], $v["userId"], $v["address"], $keys,
                $file["lifetime"], $count, $v["now"]);
              $counted = $tries - $v["tries"] === (str_ends_with($v["name"], "and no try") ? 0 : 1);
              echo $state === $v["expect"] && $counted ? "ok" : "wrong: " . $v["name"], "\\n";
            }
            """;

    /** Beside {@code verify.go} and {@code code.go}. */
    static final String GO = """
            package verify
            import ("encoding/base64"; "encoding/json"; "fmt"; "os"; "strings"; "testing"; "time")
            type codeVector struct { Name, Purpose, Event, UserId, Address, Typed, Expect string; Now int64; Tries int }
            type codeFile struct { Lifetime int64; Keys map[string]string; Vectors []codeVector }
            func TestCodes(t *testing.T) {
              var f codeFile
              text, _ := os.ReadFile(os.Getenv("CODES"))
              if err := json.Unmarshal(text, &f); err != nil { t.Fatal(err) }
              keys := [][]byte{}
              for _, text := range f.Keys {
                key, _ := base64.RawURLEncoding.DecodeString(text)
                keys = append(keys, key)
              }
              for _, v := range f.Vectors {
                tries := v.Tries
                count := func(id string) (int, error) { tries++; return tries, nil }
                state, _, _ := Code(v.Typed, v.Purpose, v.Event, v.UserId, v.Address, keys,
                  time.Duration(f.Lifetime) * time.Second, count, time.Unix(v.Now, 0))
                counted := (tries == v.Tries) == strings.HasSuffix(v.Name, "and no try")
                if state == v.Expect && counted { fmt.Println("ok") } else { fmt.Println("wrong: " + v.Name) }
              }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"node, code.mjs", "python3, code.py", "php, code.php"})
    void agreesOnEveryVector(String program, String sample) throws Exception {
        String driver = switch (program) {
            case "node" -> NODE;
            case "python3" -> PYTHON;
            default -> PHP;
        };
        Path file = Files.writeString(folder.resolve("driver" + sample.substring(sample.indexOf('.'))), driver);

        List<String> verdicts = SampleProgram.run(
                folder,
                Map.of(),
                program,
                file.toString(),
                SAMPLES.resolve(sample).toString(),
                VECTORS.toString());

        assertThat(verdicts).hasSize((int) CodeVectors.all().count()).containsOnly("ok");
    }
}
