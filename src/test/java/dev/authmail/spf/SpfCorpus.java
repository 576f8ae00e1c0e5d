package dev.authmail.spf;

import dev.authmail.testkit.DnsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Test cases with zones that others wrote: the RFC 7208 suite's form, and mail-auth's. */
final class SpfCorpus {
    static final Path ROOT = Path.of("../shared/corpora/spf");
    private static final JsonMapper JSON = new JsonMapper();

    private SpfCorpus() {}

    /**
     * One case.
     *
     * @param results any of these is right
     * @param explanation the domain's words; empty when the case asks for none
     */
    record Case(String name, String ip, String mailFrom, String helo, Set<String> results, String explanation) {}

    /** A zone and the cases asked of it. */
    record Scenario(Map<String, List<String>> records, Set<String> dead, List<Case> cases) {
        /** Serves the zone: the root, so that every other name does not exist. */
        DnsServer serve() {
            StringBuilder text = new StringBuilder();
            records.forEach((name, lines) -> lines.forEach(
                    line -> text.append(name).append(' ').append(line).append('\n')));
            DnsServer server = DnsServer.start().zone(".", text.toString());
            dead.forEach(name -> server.on(name, DnsServer.Fault.SILENCE));
            return server;
        }
    }

    static List<Scenario> scenarios(String suite) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (var files = Files.list(ROOT.resolve(suite))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                JsonNode json = JSON.readTree(Files.readAllBytes(file));
                if (json.isArray()) {
                    json.forEach(scenario -> scenarios.add(MailAuthScenario.read(file.getFileName() + "", scenario)));
                } else {
                    scenarios.add(scenario(file.getFileName().toString(), json));
                }
            }
        }
        return scenarios;
    }

    private static Scenario scenario(String file, JsonNode json) {
        ZoneText zone = new ZoneText();
        json.get("zonedata").properties().forEach(entry -> zone.add(entry.getKey(), entry.getValue()));
        List<Case> cases = new ArrayList<>();
        json.get("tests")
                .properties()
                .forEach(entry -> cases.add(readCase(file + " " + entry.getKey(), entry.getValue())));
        return new Scenario(zone.records(), zone.dead(), cases);
    }

    private static Case readCase(String name, JsonNode test) {
        JsonNode result = test.get("result");
        Set<String> results = result.isArray()
                ? Set.copyOf(result.values().stream().map(JsonNode::asString).toList())
                : Set.of(result.asString());
        return new Case(
                name,
                test.get("host").asString(),
                test.path("mailfrom").asString(""),
                test.path("helo").asString(""),
                results,
                test.path("explanation").asString(""));
    }

    /** The characters of a string as a zone file writes them, whatever they are. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(
                    octet > ' ' && octet <= '~' && octet != '"' && octet != '\\'
                            ? String.valueOf((char) octet)
                            : String.format("\\%03d", octet & 0xff));
        }
        return out.append('"').toString();
    }
}
