package dev.authmail.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SECURITY.md says of every topic what of people is in it, and how long. */
class PersonalDataTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\|([^|]*`[^|]*)\\|[^|]+\\| ([^|]+) \\|[^|]*\\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void everyTopicIsNamedWithItsRetention() throws IOException {
        String all = "--authmail.routes.optional=landing-page,keycloak,debezium,auth0,supabase,kratos,zitadel";
        Map<String, String> planned = SettingsOfCommands.read(List.of(all)).plan().stream()
                .collect(Collectors.toMap(TopicSpec::name, PersonalDataTest::howLong, (a, b) -> a, TreeMap::new));

        assertThat(documented()).isEqualTo(planned);
    }

    private static String howLong(TopicSpec topic) {
        Duration retention = topic.retention();
        return (retention == null ? "for ever" : retention.toDays() + " days")
                + (topic.compacted() ? ", compacted" : "");
    }

    private static Map<String, String> documented() throws IOException {
        String text = Files.readString(Path.of("SECURITY.md"));
        Map<String, String> topics = new TreeMap<>();
        Matcher row = ROW.matcher(text.substring(text.indexOf("## Personal data")));
        while (row.find()) {
            String howLong = row.group(2).replaceFirst("(?:;|, or as).*", "");
            NAME.matcher(row.group(1)).results().forEach(name -> topics.put(name.group(1), howLong));
        }
        return topics;
    }
}
