package dev.authmail.mapping;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a text of the record becomes a text of the event. There are these and no others, so that a mapping stays data. */
enum Transform {
    /** As it is. */
    TEXT {
        @Override
        Optional<String> of(String text, String name) {
            return Optional.of(text);
        }
    },
    /** Only when it looks like a mail address: a user name that may be one. */
    ADDRESS {
        @Override
        Optional<String> of(String text, String name) {
            return text.indexOf('@') > 0 ? Optional.of(text) : Optional.empty();
        }
    },
    /** Seconds since 1970 as RFC 3339. */
    EPOCH_SECONDS {
        @Override
        Optional<String> of(String text, String name) {
            return moment(text, ChronoUnit.SECONDS);
        }
    },
    /** Milliseconds since 1970 as RFC 3339. */
    EPOCH_MILLIS {
        @Override
        Optional<String> of(String text, String name) {
            return moment(text, ChronoUnit.MILLIS);
        }
    },
    /** Microseconds since 1970 as RFC 3339. */
    EPOCH_MICROS {
        @Override
        Optional<String> of(String text, String name) {
            return moment(text, ChronoUnit.MICROS);
        }
    },
    /** The path and query of a URL, when that is one that {@code continueTo} may be. */
    PATH {
        @Override
        Optional<String> of(String text, String name) {
            URI uri = uri(text);
            if (uri == null || uri.getRawPath() == null) {
                return Optional.empty();
            }
            String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            return path.matches("/(?![/\\\\])[^\\\\\\p{Cntrl}\\s]*") && path.length() <= MAX_PATH
                    ? Optional.of(path)
                    : Optional.empty();
        }
    },
    /** One parameter of a URL's query, the first of that name. */
    QUERY_PARAMETER {
        @Override
        Optional<String> of(String text, String name) {
            URI uri = uri(text);
            String query = uri == null || uri.getRawQuery() == null ? "" : uri.getRawQuery();
            return Arrays.stream(query.split("&"))
                    .filter(pair -> pair.startsWith(name + "="))
                    .findFirst()
                    .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                    .filter(value -> !value.isBlank());
        }
    };

    private static final int MAX_PATH = 1024;

    /**
     * The text of the event; empty when this text gives none.
     *
     * @param name of the parameter, for {@link #QUERY_PARAMETER}
     */
    abstract Optional<String> of(String text, String name);

    /** The word in a mapping. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Transform> fromCode(String code) {
        return Arrays.stream(values()).filter(t -> t.code().equals(code)).findFirst();
    }

    private static Optional<String> moment(String text, ChronoUnit unit) {
        try {
            return Optional.of(Instant.EPOCH.plus(Long.parseLong(text), unit).toString());
        } catch (NumberFormatException | DateTimeException | ArithmeticException notATime) {
            return Optional.empty();
        }
    }

    /** RFC 3986; a text that is none gives nothing. A template may have left a blank or a bar in it. */
    private static @Nullable URI uri(String text) {
        try {
            return new URI(text.strip().replace(" ", "%20").replace("|", "%7C"));
        } catch (URISyntaxException notAUri) {
            return null;
        }
    }
}
