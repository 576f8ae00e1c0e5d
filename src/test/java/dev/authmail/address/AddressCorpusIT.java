package dev.authmail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Addresses that others collected (isemail, python-email-validator, mox), judged as they judged them. */
@Tag("real")
class AddressCorpusIT {
    private static final Path CORPUS = Path.of("../shared/corpora/address/addresses.tsv");

    /** Rows we judge otherwise, each for a reason. Whatever else differs is our mistake. */
    private static final Map<String, String> DIFFERENT = Map.ofEntries(
            Map.entry("pev-468", "a display name with an address in angle brackets is no Mailbox"),
            Map.entry("pev-472", "a quoted local part; isemail-o134 calls its like valid"),
            Map.entry("pev-473", "a quoted local part; isemail-o137 calls its like valid"),
            Map.entry("pev-476", "a quoted local part, non-ASCII as RFC 6531 allows"),
            Map.entry("pev-477", "a quoted local part; pev-450 calls its like valid"),
            Map.entry("pev-578", "the row of pev-476 with SMTPUTF8 switched off"),
            Map.entry("pev-535", "no dot: policy, not syntax; isemail-o190 calls a@b valid"),
            Map.entry("pev-536", "no such top-level domain: policy; isemail-o48 calls example.123 valid"),
            Map.entry("pev-540", "an IPv4 literal; isemail-o197 calls its like valid"),
            Map.entry("pev-569", "a combining mark after a letter, as Hindi has: pev-456 is valid"));

    @Test
    void agreesWithTheCorpusButForNamedRows() throws Exception {
        var misses = new ArrayList<String>();
        int scored = 0;
        for (var row : rows()) {
            scored++;
            boolean valid = MailAddress.parse(row.getValue()[0]) instanceof ParsedAddress.Valid;
            if (valid != row.getValue()[1].equals("y")) {
                misses.add(row.getKey());
            }
        }

        System.out.printf("addresses: %d of %d as the corpus says%n", scored - misses.size(), scored);
        assertThat(misses).isSubsetOf(DIFFERENT.keySet());
        assertThat(scored).isGreaterThan(200);
    }

    private static List<Entry<String, String[]>> rows() throws Exception {
        var json = new JsonMapper();
        var rows = new ArrayList<Entry<String, String[]>>();
        for (var line : Files.readAllLines(CORPUS)) {
            var fields = line.split("\t", -1);
            if (fields[3].equals("y") || fields[3].equals("n")) {
                rows.add(Map.entry(
                        fields[0], new String[] {json.readTree(fields[2]).asString(), fields[3]}));
            }
        }
        return rows;
    }
}
