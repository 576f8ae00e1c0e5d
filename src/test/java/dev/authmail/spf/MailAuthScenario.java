package dev.authmail.spf;

import dev.authmail.address.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A scenario of mail-auth: lines such as {@code a: host 192.0.2.1, 192.0.2.2}, where an mx is a list of addresses. */
final class MailAuthScenario {
    private final Map<String, List<String>> records = new LinkedHashMap<>();

    private MailAuthScenario() {}

    static SpfCorpus.Scenario read(String file, JsonNode json) {
        MailAuthScenario scenario = new MailAuthScenario();
        json.get("records").forEach(line -> scenario.add(line.asString()));
        List<SpfCorpus.Case> cases = new ArrayList<>();
        Set<String> dead = new HashSet<>();
        for (JsonNode test : json.get("tests")) {
            String name = file + " " + json.get("name").asString() + " " + test;
            String[] expected = test.get("expect").asString().split(" ", 2);
            cases.add(new SpfCorpus.Case(
                    name,
                    test.get("ip").asString(),
                    test.path("sender").asString(""),
                    test.get("domain").asString(),
                    Set.of(expected[0]),
                    expected.length > 1 ? expected[1] : ""));
        }
        dead.add("_dns_error.org");
        dead.add("_dns_error.test.org");
        return new SpfCorpus.Scenario(scenario.records, dead, cases);
    }

    private void add(String line) {
        String[] words = line.split(" ", 3);
        if (!Names.canBeAsked(words[1])) {
            return; // a name that no zone can hold
        }
        switch (words[0]) {
            case "spf:", "exp:" -> line(words[1], "TXT " + SpfCorpus.quoted(words[2]));
            case "a:", "aaaa:" ->
                list(words[2]).forEach(address -> line(words[1], words[0].replace(":", "") + " " + address));
            case "ptr:" -> {
                String name = IpAddress.reverseName(IpAddress.parse(words[1]).orElseThrow());
                list(words[2]).forEach(host -> line(name, "PTR " + host.replaceFirst("\\.$", "") + "."));
            }
            case "mx:" -> exchangers(words[1], list(words.length > 2 ? words[2] : ""));
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void exchangers(String domain, List<String> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            String host = "mx" + i + "." + domain;
            line(domain, "MX " + i + " " + host + ".");
            line(host, (addresses.get(i).contains(":") ? "AAAA " : "A ") + addresses.get(i));
        }
    }

    private static List<String> list(String text) {
        return List.of(text.split(",\\s*"));
    }

    private void line(String name, String text) {
        records.computeIfAbsent(name.replaceFirst("\\.$", "") + ".", n -> new ArrayList<>())
                .add(text);
    }
}
