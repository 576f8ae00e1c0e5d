package dev.authmail.delivery;

import dev.authmail.smtp.EnhancedStatusCode;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule about replies. An empty condition holds for every reply; all conditions must hold.
 *
 * @param route the way, if it matters
 * @param phases the phases in which it holds
 * @param providers endings of the server's host name, whole labels
 * @param codes reply codes, {@code y} and {@code x} standing for any digit
 * @param enhanced enhanced codes, {@code *} standing for any number
 * @param text what the text must hold somewhere
 * @param finding what such a reply means
 */
record Rule(
        @Nullable Route route,
        Set<SmtpPhase> phases,
        List<String> providers,
        List<Pattern> codes,
        List<Pattern> enhanced,
        @Nullable Pattern text,
        Finding finding) {
    Rule {
        phases = Set.copyOf(phases);
        providers = List.copyOf(providers);
        codes = List.copyOf(codes);
        enhanced = List.copyOf(enhanced);
    }

    boolean matches(Route way, SmtpPhase phase, String host, SmtpReply reply, String replyText) {
        return (route == null || route == way)
                && (phases.isEmpty() || phases.contains(phase))
                && (providers.isEmpty() || providers.stream().anyMatch(p -> isOrEndsWith(host, p)))
                && (codes.isEmpty() || matchesOne(codes, Integer.toString(reply.code())))
                && (enhanced.isEmpty() || matchesEnhanced(reply))
                && (text == null || BoundedText.find(text, replyText));
    }

    private boolean matchesEnhanced(SmtpReply reply) {
        return reply.enhanced()
                .map(EnhancedStatusCode::toString)
                .filter(code -> matchesOne(enhanced, code))
                .isPresent();
    }

    private static boolean matchesOne(List<Pattern> patterns, String value) {
        return patterns.stream().anyMatch(p -> p.matcher(value).matches());
    }

    private static boolean isOrEndsWith(String host, String suffix) {
        return host.equals(suffix) || host.endsWith("." + suffix);
    }
}
