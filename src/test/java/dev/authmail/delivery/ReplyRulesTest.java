package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyRulesTest {
    private static final String GOOD = "rules:\n  - {id: a, text: kaputt, fault: network, scope: host}\n";

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {id: b, text: x, fault: nobody, scope: host}             | line 3, rule b: fault "nobody"              | an unknown word
            {id: b, text: x, fault: network}                         | line 3, rule b: scope is missing            | a missing field
            {text: x, fault: network, scope: host}                   | line 3, rule without an id: id is missing   | no id
            {id: B!, text: x, fault: network, scope: host}           | line 3, rule B!: id "B!"                    | an id that is none
            {id: a, text: x, fault: network, scope: host}            | line 3, rule a: another rule                | an id twice
            {id: b, txt: x, fault: network, scope: host}             | line 3, rule b: txt is not a field          | an unknown field
            {id: b, text: '(', fault: network, scope: host}          | rule b: text is not a regular expression    | a broken pattern
            {id: b, text: 'x*', fault: network, scope: host}         | rule b: text matches the empty text         | a pattern for everything
            {id: b, code: 6yz, fault: network, scope: host}          | rule b: code "6yz" is not a reply code      | no such code
            {id: b, enhanced: 5.1, text: x, fault: network, scope: host} | rule b: enhanced "5.1" is not           | half a code
            {id: b, enhanced: 5.1.1, fault: network, scope: host}    | rule b: enhanced never decides alone        | Gmail contradicts the registry
            {id: b, enhanced: 5.1.1, code: 5yz, fault: network, scope: host} | rule b: enhanced never decides alone | a class is no company
            {id: b, phase: rctp, fault: network, scope: host}        | rule b: phase "rctp"                        | an unknown phase
            {id: b, provider: 'Google.com', fault: network, scope: host} | rule b: provider "Google.com" is not    | upper case
            {id: b, text: x, fault: network, scope: relay}           | rule b: scope relay needs route: relay      | a relay's fault at an MX host
            {id: b, text: x, fault: network, scope: host, wait: 2d}  | rule b: wait "2d"                           | more than a day
            {id: b, scope: [host, relay], fault: network, text: x}   | rule b: scope has 2 values                  | a list where one stands
            {id: b, text: [x, '('], fault: network, scope: host}     | rule b: text is not a regular expression    | a broken one in a list
            {id: b, text: '(.*,){12}P', fault: network, scope: host} | rule b: text "(.*,){12}P" backtracks        | a pattern without end
            {id: b, text: x, fault: policy, scope: address, suppress: true} | rule b: suppress needs fault: recipient | not about an address
            {id: b, text: x, fault: network, scope: host, fallback: maybe} | rule b: fallback "maybe"           | neither yes nor no
            {id: b, code: [], fault: network, scope: host}           | rule b: code is an empty list               | an empty list
            {id: b, id: c, fault: network, scope: host}              | line 3                                      | a field twice
            nonsense                                                 | line 3: only rules may stand here           | no rule
            {id: {a: b}}                                             | line 3: a value or a list of values         | a map
            """)
    void aBrokenRuleIsRefusedByLineAndName(String rule, String message, String reason) {
        assertThatIllegalArgumentException()
                .as(reason)
                .isThrownBy(() -> ReplyRules.read("mine.yaml", GOOD + "  - " + rule + "\n"))
                .withMessageStartingWith("mine.yaml line ")
                .withMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            rules: {}       | the file must hold a list
            rule: []        | must begin with
            - a             | must begin with
            'rules: [{'     | not YAML
            """)
    void aFileThatIsNoRuleFileIsRefused(String yaml, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplyRules.read("mine.yaml", yaml))
                .withMessageContaining(message);
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndOnesOwnComeFirst() {
        ReplyRules own = ReplyRules.read("mine.yaml", """
                rules:
                  - id: own-unknown-user
                    provider: example.test
                    code: 550
                    enhanced: 5.1.*
                    phase: [rcpt, dot]
                    fault: policy
                    scope: domain
                    userState: address-refused
                    wait: 10m
                """);
        ReplyClassifier classifier = new ReplyClassifier(own.then(ReplyRules.shipped()));
        SmtpReply unknown = new SmtpReply(550, List.of("5.1.1 user unknown"));

        assertThat(classifier.classify(Route.DIRECT, SmtpPhase.RCPT, "MX.Example.test", unknown))
                .isEqualTo(new Finding(
                        "own-unknown-user",
                        Fault.POLICY,
                        Scope.DOMAIN,
                        UserState.ADDRESS_REFUSED,
                        Duration.ofMinutes(10),
                        false));
        assertThat(rule(classifier, "mx.other.test", unknown))
                .as("another provider")
                .isEqualTo("unknown-user");
        assertThat(rule(classifier, "mx.notexample.test", unknown))
                .as("half a label")
                .isEqualTo("unknown-user");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            mx.test                | 550 5.7.23 SPF validation failed            | our-authentication    | RFC 7372
            aspmx.l.google.com     | 550 5.7.23 see the help                     | google-ptr            | Gmail says PTR by the same code
            aspmx.l.google.com     | 550 5.7.29 see the help                     | google-tls            | Gmail says TLS
            aspmx.l.google.com     | 421 4.7.28 unusual rate                     | google-rate           | providers.md 4
            aspmx.l.google.com     | 550 5.7.27 did not pass                     | google-authentication | Gmail says SPF
            aspmx.l.google.com     | 450 4.2.1 user is receiving mail at a rate  | recipient-rate        | not a bad address
            x.protection.outlook.com | 550 5.4.1 Recipient address rejected: Access denied. AS(1) | microsoft-unknown-user | Exchange Online
            x.protection.outlook.com | 550 5.7.606 Access denied, banned sending IP [192.0.2.1] | microsoft-banned  | Exchange Online
            mta5.am0.yahoodns.net  | 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints | yahoo-deferred | Yahoo
            mx.docomo.ne.jp        | 550 Unknown user hanako@docomo.ne.jp        | unknown-user          | docomo
            lsean.ezweb.ne.jp      | 550 <hanako@ezweb.ne.jp>: User unknown      | unknown-user          | au
            mx.softbank.ne.jp      | 550 Invalid recipient: <hanako@softbank.ne.jp> | unknown-user       | SoftBank
            mx.test                | 450 4.2.0 <a@b.test>: Recipient address rejected: Greylisted, see help | greylist | Postfix with postgrey
            mx.test                | 550 Unrouteable address                     | unknown-user          | Exim
            mx.test                | 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found | microsoft-unknown-user | Exchange
            mx.test                | 550 5.1.1 zzqq                              | unknown-user-code     | 550 and 5.1.1 together
            mx.test                | 599 zzqq                                    | any-rcpt              | nothing is known
            """)
    void wordingOfTheProviders(String host, String reply, String rule, String reason) {
        SmtpReply parsed = new SmtpReply(Integer.parseInt(reply.substring(0, 3)), List.of(reply.substring(4)));

        assertThat(rule(new ReplyClassifier(ReplyRules.shipped()), host, parsed))
                .as(reason)
                .isEqualTo(rule);
    }

    @Test
    void aPatternThatBacktracksWithoutEndFindsNothingInGoodTime() {
        Pattern evil = Pattern.compile("(.*,){12}P");
        long start = System.nanoTime();

        assertThat(BoundedText.find(evil, ",".repeat(900))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theShippedRulesAreAsGoodAsOnesOwnMustBe() throws IOException {
        Path shipped = Path.of("src/main/resources/rules/replies.yaml");

        assertThat(ReplyRules.read("replies.yaml", Files.readString(shipped))
                        .eachCanDecide()
                        .inOrder())
                .hasSameSizeAs(ReplyRules.shipped().inOrder());
    }

    @Test
    void theShippedRulesAreQuickOnHostileTexts() {
        ReplyClassifier classifier = new ReplyClassifier(ReplyRules.shipped());
        long start = System.nanoTime();

        for (String unit :
                List.of("a", "mailbox ", "user account ", "message too ", "(", "exceeded quota of from ", "\u3042")) {
            for (int i = 0; i < 5; i++) {
                rule(classifier, "mx.test", new SmtpReply(550, List.of(unit.repeat(100_000 / unit.length()))));
            }
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start).dividedBy(35)).isLessThan(Duration.ofMillis(300));
    }

    private static String rule(ReplyClassifier classifier, String host, SmtpReply reply) {
        return classifier.classify(Route.DIRECT, SmtpPhase.RCPT, host, reply).rule();
    }
}
