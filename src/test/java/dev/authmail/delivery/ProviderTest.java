package dev.authmail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            alt1.gmail-smtp-in.l.google.com,   google.com,      two labels
            mx1.mail.example.co.jp,            example.co.jp,   three under co.jp
            mfsmax.docomo.ne.jp,               docomo.ne.jp,    three under ne.jp
            mx.example.jp,                     example.jp,      two under jp
            co.jp,                             co.jp,           no more labels than there are
            localhost,                         localhost,       one label
            """)
    void hostsOfOneProviderHaveOneKey(String host, String key, String reason) {
        assertThat(Provider.of(host).key()).as(reason).isEqualTo(key);
    }
}
