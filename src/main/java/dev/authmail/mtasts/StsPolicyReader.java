package dev.authmail.mtasts;

import dev.authmail.mtasts.StsPolicy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one policy, line by line. RFC 8461 §3.2; of a field that is repeated the first counts, but for {@code mx}. */
final class StsPolicyReader {
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    // The value begins and ends with something visible; white space around it is not part of it.
    private static final Pattern FIELD = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \\t]*([^\\x00-\\x20\\x7f](?:[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f])?)[ \\t]*");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

    private @Nullable String version;
    private @Nullable String mode;
    private @Nullable String maxAge;
    private final List<String> hosts = new ArrayList<>();

    ParsedStsPolicy read(String text) {
        String[] lines = LINE_END.split(text, -1);
        // One end of line may end the policy.
        int end = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        for (int i = 0; i < end; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (!field.matches()) {
                return invalid("has a line that is not name: value");
            }
            take(field.group(1), field.group(2));
        }
        return policy();
    }

    private void take(String name, String value) {
        switch (name) {
            case "version" -> version = version == null ? value : version;
            case "mode" -> mode = mode == null ? value : mode;
            case "max_age" -> maxAge = maxAge == null ? value : maxAge;
            case "mx" -> hosts.add(value);
            default -> {} // §3.2: unknown fields are ignored.
        }
    }

    private ParsedStsPolicy policy() {
        if (version == null || mode == null || maxAge == null) {
            return invalid("lacks version, mode or max_age");
        }
        if (!version.equals("STSv1")) {
            return invalid("has a version other than STSv1");
        }
        Optional<Mode> known = mode(mode);
        if (known.isEmpty()) {
            return invalid("has a mode that is not enforce, testing or none");
        }
        if (!SECONDS.matcher(maxAge).matches()) {
            return invalid("has a max_age that is not seconds of at most ten digits");
        }
        return policy(known.get(), Duration.ofSeconds(Long.parseLong(maxAge)));
    }

    private ParsedStsPolicy policy(Mode known, Duration age) {
        List<MxPattern> patterns =
                hosts.stream().map(MxPattern::parse).flatMap(Optional::stream).toList();
        if (patterns.size() < hosts.size()) {
            return invalid("has an mx that is not a host name or a wildcard such as *.example.com");
        }
        if (patterns.isEmpty() && known != Mode.NONE) {
            return invalid("names no mx, although its mode is not none");
        }
        return new ParsedStsPolicy.Valid(new StsPolicy(known, age, patterns));
    }

    private static Optional<Mode> mode(String value) {
        return switch (value) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    private static ParsedStsPolicy invalid(String rule) {
        return new ParsedStsPolicy.Invalid(rule);
    }
}
