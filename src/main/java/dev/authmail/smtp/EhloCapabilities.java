package dev.authmail.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The extensions that a server offers. RFC 5321 §4.1.1.1.
 *
 * @param parameters each keyword in upper case, with the words after it
 */
record EhloCapabilities(Map<String, List<String>> parameters) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** What is known before EHLO and after HELO. */
    static final EhloCapabilities NONE = new EhloCapabilities(Map.of());

    EhloCapabilities {
        parameters = Map.copyOf(parameters);
    }

    /** Reads the answer to EHLO: its first line is a greeting, each further line an extension. */
    static EhloCapabilities of(SmtpReply reply) {
        return new EhloCapabilities(reply.lines().stream()
                .skip(1)
                // "AUTH=LOGIN" is what old servers say for old clients.
                .map(line -> List.of(line.strip().toUpperCase(Locale.ROOT).split("[ =]+")))
                .collect(Collectors.toMap(List::getFirst, words -> words.subList(1, words.size()), (a, b) -> a)));
    }

    boolean offers(String keyword) {
        return parameters.containsKey(keyword);
    }

    boolean offersAuth(String mechanism) {
        return parameters.getOrDefault("AUTH", List.of()).contains(mechanism);
    }

    /** The largest message that the server takes, when it says so. RFC 1870 §4: zero means no limit. */
    OptionalLong maxSize() {
        return parameters.getOrDefault("SIZE", List.of()).stream()
                .filter(word -> NUMBER.matcher(word).matches())
                .mapToLong(Long::parseLong)
                .filter(size -> size > 0)
                .findFirst();
    }
}
