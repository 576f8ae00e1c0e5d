package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTagsTest {
    @ParameterizedTest(name = "{0}, default {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ja-JP             | en    | ja-JP ja en
            ja                | en    | ja en
            en-GB             | en-US | en-GB en en-US
            zh-TW             | en    | zh-Hant-TW zh-Hant zh-TW zh en
            ja-JP-u-ca-japanese | en  | ja-JP ja en
            und               | ja    | ja
            """)
    void theClosestLanguageComesFirst(String locale, String defaultLocale, String tags) {
        assertThat(LanguageTags.of(Locale.forLanguageTag(locale), Locale.forLanguageTag(defaultLocale)))
                .containsExactly(tags.split(" "));
    }

    @Test
    @SuppressWarnings("deprecation")
    void whatIsNoLocaleNeverBecomesAFileName() {
        assertThat(LanguageTags.of(new Locale("../../etc", "x/y"), Locale.ENGLISH))
                .containsExactly("en");
    }
}
