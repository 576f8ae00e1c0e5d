package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailModelTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            http://secret.example/x              | plain http
            javascript:secret                    | a script
            data:text/html,secret                | data
            http://localhost.secret.example/     | a host that only begins like localhost
            http://localhost@secret.example/     | a user named localhost
            https://                             | no host
            https:///secret                      | no host either
            HTTPS://secret.example/              | not as the program writes it
            'https://secret.example/a b'         | a blank
            'https://secret.example/"onclick="'  | a quote would end the attribute
            'https://secret.example/<b>'         | markup
            https://secret.example/あ            | not ASCII
            """)
    void onlyAnHttpsUrlIsALink(String url, String reason) {
        assertThatThrownBy(() -> withUrl(url))
                .as(reason)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.jp/verify?a=%2F&b=1",
                "http://localhost:8080/verify?a=1",
                "http://localhost/"
            })
    void theProgramsOwnUrlsAreLinks(String url) {
        assertThat(withUrl(url).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "Verify", "a/b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aPurposeIsAFolderName(String purpose) {
        assertThatThrownBy(() -> Models.model(purpose, "en", null, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingShowsTheUrlOrTheName() {
        MailModel model = Models.model("ja", "山田");

        assertThat(model).hasToString("MailModel[verify-email, ja]");
        assertThat(Models.render(Models.shipped(), model)).hasToString("RenderedMail[ja]");
    }

    private static MailModel withUrl(String url) {
        return new MailModel("verify-email", Locale.ENGLISH, null, url, Models.EXPIRES, "Example", null);
    }
}
