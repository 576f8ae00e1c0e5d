package dev.authmail.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/settings.md lists all settings as the code has them. */
class SettingsPageTest {
    private static final String REST = "<!-- What follows is made of application.yaml and AuthmailSettings. -->";

    @Test
    void theTablesAreThoseOfTheCode() throws IOException {
        String yaml = Files.readString(Path.of("src/main/resources/application.yaml"));

        Generated.checkAfter(Path.of("docs/settings.md"), REST, SettingsPage.of(yaml));
    }

    @Test
    void aRowHasTheNameTheTypeTheDefaultAndTheMeaning() {
        assertThat(SettingsPage.of("""
                        authmail:
                          # ── One ──
                          deadline:    # From the event time: docs/tls.md
                          relays:      # Relays by name
                            relay:
                              host:    # Required. Where | it is
                              port: 587
                          # ── Two ──
                          link:
                            lifetime: 24h # How long
                            paths:     # Of each purpose
                              verify-email: /verify
                        """)).isEqualTo("""
                        ### One

                        | setting | type | default | meaning |
                        |---|---|---|---|
                        | `authmail.deadline` | duration |  | From the event time: [tls.md](tls.md) |
                        | **`authmail.relays.<name>`** |  |  | Relays by name |
                        | `authmail.relays.<name>.host` | text | required | Where \\| it is |
                        | `authmail.relays.<name>.port` | number | `587` |  |

                        ### Two

                        | setting | type | default | meaning |
                        |---|---|---|---|
                        | `authmail.link.lifetime` | duration | `24h` | How long |
                        | **`authmail.link.paths.<name>`** |  |  | Of each purpose |
                        | `authmail.link.paths.verify-email` | text | `/verify` |  |
                        """);
    }
}
