package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of fields, in order and out of it. In the table / is the end of a line. */
class DeliveryStatusTest {

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # text                                                                                   | groups                | why
            Reporting-MTA: dns; m//Final-Recipient: rfc822; a@x/Action: failed//Final-Recipient: rfc822; b@x/Action: delayed | a@x failed; b@x delayed | as RFC 3464 has it
            Reporting-MTA: dns; m/Final-Recipient: rfc822; a@x/Action: failed                        | a@x failed            | no empty line at all
            Final-Recipient: rfc822; a@x/Action: failed/Final-Recipient: rfc822; b@x/Action: failed  | a@x failed; b@x failed | none between two
            Final-Recipient: rfc822; a@x//Action: failed//Final-Recipient: rfc822; b@x//Action: failed | a@x failed; b@x failed | one within each
            Action: failed/Diagnostic-Code: smtp; 550-no//550 more/Final-Recipient: rfc822; a@x      | a@x failed            | a reply torn by one
            Action: failed/Final-Recipient: rfc822; a@x//Action: failed/Final-Recipient: rfc822; b@x | a@x failed; b@x failed | the recipient last
            Final-Recipient: rfc822; a@x/Action: failed//Original-Recipient: rfc822; c@x/Final-Recipient: rfc822; b@x/Action: failed | a@x failed; b@x failed | the second alone has an original
            words before/Final-Recipient: rfc822; a@x/Action: failed/X-Other: y/words after          | a@x failed            | among other lines
            Reporting-MTA: dns; m                                                                    | ''                    | nobody
            """)
    void groupsAreTold(String text, String groups, String why) {
        String told = DeliveryStatus.read(text.replace("/", "\n")).recipients().stream()
                .map(g -> g.first("Final-Recipient").flatMap(AddressText::typed).orElse("-") + " "
                        + g.first("Action").orElse("-"))
                .collect(Collectors.joining("; "));

        assertThat(told).as(why).isEqualTo(groups);
    }
}
