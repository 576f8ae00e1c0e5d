package dev.authmail.psl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {
    @ParameterizedTest(name = "{0} was registered as {1}: {2}")
    @CsvSource(textBlock = """
            mail.example.com,        example.com,       a suffix of one label
            a.b.example.co.jp,       example.co.jp,     of two
            Mail.EXAMPLE.com,        example.com,       case does not matter
            city.kobe.jp,            city.kobe.jp,      an exception of the list
            someone.github.io,       someone.github.io, the private section counts
            a.example.test,          example.test,      a suffix that nobody listed
            www.食狮.公司.cn,           食狮.公司.cn,        U-labels stay
            www.xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn, and so do A-labels
            com,                     ,                  a suffix itself
            co.jp,                   ,                  a suffix itself
            """)
    void registrable(String domain, String registered, String reason) {
        assertThat(PublicSuffixes.registrable(domain).orElse(null)).as(reason).isEqualTo(registered);
    }
}
