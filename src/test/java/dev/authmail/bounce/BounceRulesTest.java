package dev.authmail.bounce;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule file that is none says where and why. */
class BounceRulesTest {
    private static final String MARKS = Arrays.stream(BounceRules.Mark.values())
            .map(m -> m.name().toLowerCase(Locale.ROOT).replace('_', '-') + ": ['x']\n")
            .collect(Collectors.joining());
    private static final String WHOLE = MARKS + "staff: '^root'\nrecipients:\n- {id: a, line: '<{address}>'}\n";

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            # instead of                    | stands                                      | it says
            staff: '^root'                  | staff: ''                                   | staff: must be a text
            staff: '^root'                  | staff: '('                                  | staff: is not a regular expression
            staff: '^root'                  | staff: 'a*'                                 | staff: matches the empty text
            report-text: ['x']              | report-text: []                             | report-text: is missing or no list
            report-text: ['x']              | report-txt: ['x']                           | report-txt: is not a section
            - {id: a, line: '<{address}>'}  | - {id: a, line: 'x'}                        | a: line holds neither {address} nor {local}
            - {id: a, line: '<{address}>'}  | - {id: a, line: '{address}', before: x}     | a: before is not a field
            - {id: a, line: '<{address}>'}  | - {line: '{address}'}                       | id: must be a text
            - {id: a, line: '<{address}>'}  | ' []'                                       | recipients: is missing or empty
            staff: '^root'                  | staff: [                                    | not YAML
            """)
    void aMistakeIsNamed(String instead, String stands, String says) {
        BounceRules.read("f.yaml", WHOLE);

        assertThatThrownBy(() -> BounceRules.read("f.yaml", WHOLE.replace(instead, stands)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("f.yaml")
                .hasMessageContaining(says);
    }
}
