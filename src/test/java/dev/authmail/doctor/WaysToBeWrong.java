package dev.authmail.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Domains that are as they should be but for one thing each. The table in docs/deliverability.md is made of it.
 *
 * <p>In records {@code $O} is the domain, {@code $N} the last number of its address, which is 192.0.2.$N.
 */
public final class WaysToBeWrong {
    /** The DKIM record of the key that signs. */
    public static final String KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private static final String OTHER_KEY = "v=DKIM1; k=ed25519; p=HbawiMnQXTCopHTkR0jlKQF5CqbU0DVcKx9CZtVrwzk=";

    /** A domain that is as it should be; $TLSA is the record of its mail host's certificate. */
    private static final List<String> HEALTHY = List.of(
            "$O. MX 10 mx.$O.",
            "$O. TXT \"v=spf1 ip4:192.0.2.$N -all\"",
            "mx.$O. A 127.0.0.1",
            "_25._tcp.mx.$O. TLSA $TLSA",
            "mail.$O. A 192.0.2.$N",
            "$N.2.0.192.in-addr.arpa. PTR mail.$O.",
            "bounce.$O. MX 10 mx.$O.",
            "bounce.$O. TXT \"v=spf1 ip4:192.0.2.$N -all\"",
            "s1._domainkey.$O. TXT \"" + KEY + "\"",
            "_dmarc.$O. TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@$O\"",
            "_mta-sts.bounce.$O. TXT \"v=STSv1; id=1\"",
            "_smtp._tls.bounce.$O. TXT \"v=TLSRPTv1; rua=mailto:tls@$O\"",
            "default._bimi.$O. TXT \"v=BIMI1; l=https://$O/l.svg\"");

    /** name | what is wrong | check | status | whether what it prints mends it | record taken away | records put there instead, apart by ^ */
    private static final String TABLE = """
            well        | nothing                                               |           | fine    |        |              |
            no-ptr      | the address has no PTR record                         | ptr       | failure | record | PTR          |
            ptr-away    | the PTR name does not exist                           | ptr       | failure | record | PTR          | $N.2.0.192.in-addr.arpa. PTR gone.$O.
            ptr-other   | the PTR name leads to another address                 | ptr       | failure | record | mail A       | mail.$O. A 192.0.2.250
            ptr-line    | the PTR name is one of a line                         | ptr       | warning | record | PTR          | $N.2.0.192.in-addr.arpa. PTR p$N.dsl.$O.^p$N.dsl.$O. A 192.0.2.$N
            ehlo        | EHLO says another name than PTR                       | ehlo      | warning | words  | PTR          | $N.2.0.192.in-addr.arpa. PTR out.$O.^out.$O. A 192.0.2.$N
            null-mx     | the From domain takes no mail (null MX)               | domain    | failure | record | MX           | $O. MX 0 .
            no-mx       | the envelope domain has neither MX nor address        | domain    | failure | record | bounce MX    |
            mx-away     | the mail host has no address                          | domain    | failure | record | bounce MX    | bounce.$O. MX 10 mx9.$O.
            no-spf      | there is no SPF record                                | spf       | failure | record | bounce TXT   |
            spf-fail    | SPF does not name the address                         | spf       | failure | record | bounce TXT   | bounce.$O. TXT "v=spf1 ip4:192.0.2.251 -all"
            spf-soft    | SPF ends in ~all without the address                  | spf       | failure | record | bounce TXT   | bounce.$O. TXT "v=spf1 ~all"
            spf-two     | there are two SPF records                             | spf       | failure | record | bounce TXT   | bounce.$O. TXT "v=spf1 mx -all"^bounce.$O. TXT "v=spf1 -all"
            spf-broken  | the SPF record is broken                              | spf       | failure | words  | bounce TXT   | bounce.$O. TXT "v=spf1 ip4:192.0.2 -all"
            spf-many    | SPF asks more than ten times                          | spf       | failure | words  | bounce TXT   | bounce.$O. TXT "v=spf1 a:a.$O a:b.$O include:more.$O -all"^a.$O. A 192.0.2.252^b.$O. A 192.0.2.252^more.$O. TXT "v=spf1 a:a.$O a:a.$O a:a.$O a:a.$O a:a.$O a:a.$O a:a.$O a:a.$O ip4:192.0.2.$N -all"
            spf-from    | SPF of the From domain does not name the address      | spf       | warning | record | TXT          | $O. TXT "v=spf1 -all"
            no-key      | the DKIM key is not published                         | dkim      | failure | record | s1._domainkey TXT |
            other-key   | another DKIM key is published                         | dkim      | failure | record | s1._domainkey TXT | s1._domainkey.$O. TXT "OTHER-KEY"
            revoked     | the DKIM key is revoked                               | dkim      | failure | record | s1._domainkey TXT | s1._domainkey.$O. TXT "v=DKIM1; p="
            two-keys    | there are two DKIM records                            | dkim      | failure | record | s1._domainkey TXT | s1._domainkey.$O. TXT "OTHER-KEY"^s1._domainkey.$O. TXT "KEY"
            testing-key | DKIM says t=y                                         | dkim      | warning | words  | s1._domainkey TXT | s1._domainkey.$O. TXT "KEY; t=y"
            no-dmarc    | there is no DMARC policy                              | dmarc     | failure | record | _dmarc TXT   |
            dmarc-none  | DMARC says p=none                                     | dmarc     | advice  | words  | _dmarc TXT   | _dmarc.$O. TXT "v=DMARC1; p=none; rua=mailto:dmarc@$O"
            no-rua      | DMARC asks for no reports                             | dmarc     | warning | record | _dmarc TXT   | _dmarc.$O. TXT "v=DMARC1; p=reject"
            rua-away    | reports go to somebody who does not take them         | dmarc     | warning | record | _dmarc TXT   | _dmarc.$O. TXT "v=DMARC1; p=reject; rua=mailto:d@reports.test"
            strict      | SPF is not aligned under aspf=s                       | dmarc     | warning | words  | _dmarc TXT   | _dmarc.$O. TXT "v=DMARC1; p=reject; aspf=s; rua=mailto:dmarc@$O"
            no-sts      | no MTA-STS policy is announced                        | mta-sts   | advice  | record | _mta-sts.bounce TXT |
            sts-broken  | the MTA-STS record is broken                          | mta-sts   | warning | record | _mta-sts.bounce TXT | _mta-sts.bounce.$O. TXT "v=STSv1; id=no-good"
            sts-other   | the enforced MTA-STS policy names another mail host   | mta-sts   | failure | words  |              |
            sts-away    | no web server has the MTA-STS policy                  | mta-sts   | warning | words  |              |
            no-tlsrpt   | nobody is asked for TLS reports                       | tls-rpt   | advice  | record | _smtp._tls.bounce TXT |
            tlsrpt      | the TLS-RPT record is broken                          | tls-rpt   | warning | record | _smtp._tls.bounce TXT | _smtp._tls.bounce.$O. TXT "v=TLSRPTv1; rua=x"
            bimi        | the logo is not on https                              | bimi      | warning | words  | default._bimi TXT | default._bimi.$O. TXT "v=BIMI1; l=http://$O/l.svg"
            no-tlsa     | the mail host has no TLSA record                      | dane      | advice  | record | _25._tcp.mx TLSA |
            tlsa-old    | the TLSA record is that of another key                | dane      | failure | record | _25._tcp.mx TLSA | _25._tcp.mx.$O. TLSA 3 1 1 abababababababababababababababababababababababababababababababab
            listed      | a blocklist names the address                         | blocklist | failure | words  |              | $N.2.0.192.bl.test. A 127.0.0.4
            list-mute   | a blocklist refuses to answer                         | blocklist | unknown | words  |              | $N.2.0.192.bl.test. A 127.255.255.254
            named       | a blocklist names the domain                          | blocklist | failure | words  |              | $O.dbl.test. A 127.0.1.2
            """;

    private WaysToBeWrong() {}

    /**
     * One domain.
     *
     * @param name first label of the domain
     * @param number last number of its address
     * @param what is wrong
     * @param check that says so; empty when nothing is wrong
     * @param printed whether the records that are printed mend it
     * @param records of its zone, absolute
     */
    public record Way(
            String name, int number, String what, String check, Status status, boolean printed, List<String> records) {
        /** The domain in From. */
        public String domain() {
            return name + ".test";
        }
    }

    /**
     * All of them.
     *
     * @param tlsa the record of the mail host's certificate
     */
    public static List<Way> all(String tlsa) {
        List<String> rows = TABLE.lines().toList();
        return rows.stream()
                .map(row -> way(row.split(" *\\| ?", -1), rows.indexOf(row) + 1, tlsa))
                .toList();
    }

    private static Way way(String[] cells, int number, String tlsa) {
        String domain = cells[0].strip() + ".test";
        String removed = cells[5].strip();
        String added = cells[6].strip().replace("OTHER-KEY", OTHER_KEY).replace("KEY", KEY);
        List<String> records = HEALTHY.stream()
                .filter(line -> removed.isEmpty() || !line.matches(pattern(removed)))
                .collect(Collectors.toList());
        if (records.size() < HEALTHY.size() - 1 || !removed.isEmpty() && records.size() == HEALTHY.size()) {
            throw new IllegalStateException(cells[0] + " takes away " + (HEALTHY.size() - records.size()) + " records");
        }
        Arrays.stream(added.split("\\^")).filter(line -> !line.isEmpty()).forEach(records::add);
        return new Way(
                cells[0].strip(),
                number,
                cells[1].strip(),
                cells[2].strip(),
                Status.valueOf(cells[3].strip().toUpperCase(Locale.ROOT)),
                cells[4].strip().equals("record"),
                records.stream()
                        .map(line -> line.replace("$O", domain)
                                .replace("$N", String.valueOf(number))
                                .replace("$TLSA", tlsa))
                        .toList());
    }

    /** {@code PTR}, {@code bounce MX}: a type, below a label or not. */
    private static String pattern(String removed) {
        String[] words = removed.split(" ");
        String type = words[words.length - 1];
        String label = words.length == 1 ? "" : words[0].replace(".", "\\.") + "\\.";
        return type.equals("PTR") ? ".* PTR .*" : label + "\\$O\\. " + type + " .*";
    }

    /** The rows of the table in the docs. */
    public static List<String> rows() {
        return all("").stream()
                .filter(way -> !way.check().isEmpty())
                .map(way -> "| " + way.what() + " | `" + way.check() + "` | "
                        + way.status().word() + " | "
                        + (way.printed() ? "the record that is printed" : "what the sentence says") + " |")
                .toList();
    }
}
