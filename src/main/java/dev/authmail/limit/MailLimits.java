package dev.authmail.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.address.MailAddress;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.keys.HmacKey;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts mails by recipient, domain, source, and user with purpose, and says which would be too many. Only what is allowed
 * is counted, so that a flood does not shut its victim out for longer. Addresses are known as keyed hashes alone. Bounded
 * in memory; thread-safe; for this process alone.
 */
public final class MailLimits {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Set<String> DOTS_MEAN_NOTHING = Set.of("gmail.com", "googlemail.com");

    private final Map<MailLimit, Pacer> pacers = new EnumMap<>(MailLimit.class);
    private final HmacKey key;
    private final Clock clock;

    /**
     * @param settings the limits
     * @param key for hashes; one made at the start is right, since nothing outlives the process
     * @param clock tells the time
     */
    public MailLimits(LimitSettings settings, HmacKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
        perHour(MailLimit.RECIPIENT, settings.recipientPerHour(), settings.maxEntries());
        perHour(MailLimit.DOMAIN, settings.domainPerHour(), settings.maxEntries());
        perHour(MailLimit.SOURCE, settings.sourcePerHour(), settings.maxEntries());
        if (!settings.resendCoolDown().isZero()) {
            pacers.put(MailLimit.RESEND, new Pacer(settings.resendCoolDown().toMillis(), 1, settings.maxEntries()));
        }
    }

    private void perHour(MailLimit limit, int mails, int maxEntries) {
        if (mails > 0) {
            pacers.put(limit, new Pacer(HOUR / mails, mails, maxEntries));
        }
    }

    /**
     * Counts the mail of an event, unless it is one too many.
     *
     * @param source what caused the event, such as a client's address; null if it is not known
     * @return the limit that it breaks; empty when the mail may go
     */
    public synchronized Optional<MailLimit> admit(RegistrationEvent event, @Nullable String source) {
        long now = clock.millis();
        Map<MailLimit, Long> keys = keys(event, source);
        for (Map.Entry<MailLimit, Long> entry : keys.entrySet()) {
            if (!pacer(entry.getKey()).allows(entry.getValue(), now)) {
                return Optional.of(entry.getKey());
            }
        }
        keys.forEach((limit, hash) -> pacer(limit).count(hash, now));
        return Optional.empty();
    }

    private Pacer pacer(MailLimit limit) {
        Pacer pacer = pacers.get(limit);
        if (pacer == null) {
            throw new IllegalStateException("no limit " + limit);
        }
        return pacer;
    }

    private Map<MailLimit, Long> keys(RegistrationEvent event, @Nullable String source) {
        Map<MailLimit, Long> keys = new LinkedHashMap<>();
        for (MailLimit limit : pacers.keySet()) {
            String text = switch (limit) {
                case RECIPIENT -> mailbox(event.email());
                case DOMAIN -> domain(event.email());
                case SOURCE -> source;
                case RESEND -> event.purpose() + "\n" + event.userId();
            };
            if (text != null) {
                byte[] hash = key.mac((limit.code() + "\n" + text).getBytes(UTF_8), Long.BYTES);
                keys.put(limit, ByteBuffer.wrap(hash).getLong());
            }
        }
        return keys;
    }

    private static String domain(MailAddress address) {
        return address.wire().substring(address.wire().lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** The mailbox behind an address: who floods one writes it in many ways. Only for counting; mail goes as addressed. */
    private static String mailbox(MailAddress address) {
        String domain = domain(address);
        String local = address.localPart().toLowerCase(Locale.ROOT);
        int plus = local.indexOf('+');
        String plain = plus > 0 ? local.substring(0, plus) : local;
        return (DOTS_MEAN_NOTHING.contains(domain) ? plain.replace(".", "") : plain) + "@" + domain;
    }
}
