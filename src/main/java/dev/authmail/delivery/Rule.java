package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One rule about replies. An empty condition holds for every reply; all conditions must hold.
 *
 * @param source where it stands
 * @param route the way, if it matters
 * @param phases the phases in which it holds
 * @param providers endings of the server's host name, whole labels
 * @param codes reply codes, {@code y} and {@code x} standing for any digit
 * @param enhanced enhanced codes, {@code *} standing for any number
 * @param texts one of them must be found somewhere in the text
 * @param fallback whether it only catches what no rule knows
 * @param finding what such a reply means
 */
record Rule(
        RuleSource source,
        @Nullable Route route,
        Set<SmtpPhase> phases,
        List<String> providers,
        List<Pattern> codes,
        List<Pattern> enhanced,
        List<TextPattern> texts,
        boolean fallback,
        Finding finding) {
    Rule {
        phases = Set.copyOf(phases);
        providers = List.copyOf(providers);
        codes = List.copyOf(codes);
        enhanced = List.copyOf(enhanced);
        texts = List.copyOf(texts);
    }

    boolean matches(ReceivedReply reply) {
        return (route == null || route == reply.route())
                && (phases.isEmpty() || phases.contains(reply.phase()))
                && (providers.isEmpty() || provider(reply.host()).isPresent())
                && (codes.isEmpty() || matchesOne(codes, Integer.toString(reply.code())))
                && (enhanced.isEmpty()
                        || reply.enhanced().filter(e -> matchesOne(enhanced, e)).isPresent())
                && (texts.isEmpty() || found(reply).isPresent());
    }

    /** Each condition with what fulfils it in a reply that matches. */
    List<String> because(ReceivedReply reply) {
        List<String> because = new ArrayList<>();
        if (route != null) {
            because.add("route " + word(route));
        }
        if (!phases.isEmpty()) {
            because.add("phase " + word(reply.phase()));
        }
        provider(reply.host()).ifPresent(p -> because.add("provider " + p));
        if (!codes.isEmpty()) {
            because.add("code " + reply.code());
        }
        if (!enhanced.isEmpty()) {
            reply.enhanced().ifPresent(e -> because.add("enhanced " + e));
        }
        found(reply).ifPresent(words -> because.add("text \"" + words + "\""));
        return because;
    }

    /** What it asks for, equal for two rules that ask for the same. */
    String conditions() {
        return route + " " + phases.stream().sorted().toList() + " " + sorted(providers) + " "
                + sorted(codes.stream().map(Pattern::pattern).toList()) + " "
                + sorted(enhanced.stream().map(Pattern::pattern).toList()) + " "
                + sorted(texts.stream().map(TextPattern::toString).toList());
    }

    /** Whether it decides about every reply, so that no rule after it is ever asked. */
    boolean isUnconditional() {
        return route == null
                && phases.isEmpty()
                && providers.isEmpty()
                && codes.isEmpty()
                && enhanced.isEmpty()
                && texts.isEmpty();
    }

    private Optional<String> provider(String host) {
        return providers.stream()
                .filter(p -> host.equals(p) || host.endsWith("." + p))
                .findFirst();
    }

    private Optional<String> found(ReceivedReply reply) {
        return texts.stream().flatMap(text -> text.find(reply).stream()).findFirst();
    }

    private static List<String> sorted(List<String> values) {
        return values.stream().sorted().toList();
    }

    private static boolean matchesOne(List<Pattern> patterns, String value) {
        return patterns.stream().anyMatch(p -> p.matcher(value).matches());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
