package dev.authmail.config;

import dev.authmail.camel.HopMailSender;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.GatedHop;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RelayHop;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.hold.HoldScope;
import dev.authmail.hold.Holds;
import dev.authmail.smtp.Credentials;
import dev.authmail.smtp.SmtpTransport;
import dev.authmail.tracing.TracedHop;
import dev.authmail.traffic.Gate;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the relays of the settings; each is a bean under its own name, {@code javaMailSender: "#name"} in routes. */
final class Relays {
    private Relays() {}

    /**
     * All of them.
     *
     * @param byName also those without a host, which pass each mail on
     */
    record Senders(Map<String, HopMailSender> byName) {
        /** The hops behind them. */
        List<Hop> hops() {
            return byName.values().stream().map(HopMailSender::hop).toList();
        }
    }

    static Senders senders(
            Map<String, AuthmailSettings.Relay> relays, SmtpTransport transport, Gate gate, Holds holds) {
        Map<String, HopMailSender> byName = new TreeMap<>();
        relays.forEach((name, relay) -> byName.put(name, sender(name, relay, transport, gate, holds)));
        return new Senders(byName);
    }

    /** The names of the relays that have a host. */
    static Set<String> configured(Map<String, AuthmailSettings.Relay> relays) {
        Set<String> names = new TreeSet<>();
        relays.forEach((name, relay) -> {
            if (isConfigured(relay)) {
                names.add(name);
            }
        });
        return names;
    }

    /** The names of all hops that mail can take. */
    static Set<String> hops(AuthmailSettings settings) {
        Set<String> names = new TreeSet<>(configured(settings.relays()));
        if (settings.direct().enabled() != AuthmailSettings.Direct.Enabled.NEVER) {
            names.add(HoldScope.DIRECT);
        }
        return names;
    }

    private static HopMailSender sender(
            String name, AuthmailSettings.Relay relay, SmtpTransport transport, Gate gate, Holds holds) {
        RelaySettings hop = withCredentials(name, relay);
        return sender(new RelayHop(hop, AddressLookup.ofSystem(), transport, gate), holds);
    }

    /** A hop as routes name it, passed by while an operator holds it. */
    static HopMailSender sender(Hop hop, Holds holds) {
        GatedHop gated =
                new GatedHop(hop, () -> holds.holdingHop(hop.name()).map(hold -> "an operator holds " + hold.scope()));
        return new HopMailSender(new TracedHop(gated, tracer()));
    }

    /** Makes the spans of an agent, if one is attached, else none. */
    static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer("dev.authmail");
    }

    /** A relay and what AUTH shows it. */
    static RelaySettings withCredentials(String name, AuthmailSettings.Relay relay) {
        String setting = "authmail.relays." + name;
        return Checked.setting(setting, () -> hop(name, relay, credentials(setting, relay)));
    }

    /** The relays that have a host, in the order of their names. */
    static List<RelaySettings> withoutCredentials(Map<String, AuthmailSettings.Relay> relays) {
        return configured(relays).stream()
                .map(name -> Checked.setting(
                        "authmail.relays." + name, () -> hop(name, Objects.requireNonNull(relays.get(name)), null)))
                .toList();
    }

    private static RelaySettings hop(String name, AuthmailSettings.Relay relay, @Nullable Credentials credentials) {
        if (relay.tls().isPublished()) {
            throw new IllegalArgumentException("tls is " + relay.tls().code()
                    + ", which domains demand of MX hosts; give verified, implicit, required, opportunistic or none");
        }
        return new RelaySettings(
                name,
                relay.host() == null ? "" : relay.host(),
                relay.port(),
                relay.tls(),
                credentials,
                relay.chunking());
    }

    private static boolean isConfigured(AuthmailSettings.Relay relay) {
        return relay.host() != null && !relay.host().isBlank();
    }

    private static @Nullable Credentials credentials(String setting, AuthmailSettings.Relay relay) {
        if (relay.username() == null || relay.username().isBlank()) {
            return null;
        }
        return new Credentials(relay.username(), password(setting, relay));
    }

    private static String password(String setting, AuthmailSettings.Relay relay) {
        if (relay.passwordFile() == null) {
            return Checked.required(
                    setting + ".password-file", relay.password(), "name the file that holds the relay's password");
        }
        try {
            return Files.readString(relay.passwordFile()).strip();
        } catch (IOException e) {
            throw new SettingsException(
                    setting + ".password-file", relay.passwordFile() + " cannot be read; mount the Secret there");
        }
    }
}
