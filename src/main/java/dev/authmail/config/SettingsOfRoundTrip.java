package dev.authmail.config;

import dev.authmail.address.MailAddress;
import dev.authmail.camel.RoundTripMailbox;
import dev.authmail.command.RoundTrips;
import dev.authmail.delivery.AddressLookup;
import dev.authmail.delivery.Hop;
import dev.authmail.delivery.RelayHop;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimVerifier;
import dev.authmail.dkim.PublishedKeys;
import dev.authmail.roundtrip.ReturnMailbox;
import dev.authmail.roundtrip.RoundTrip;
import dev.authmail.smtp.SmtpClient;
import dev.authmail.template.TemplateRenderer;
import dev.authmail.traffic.Gate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a round trip needs of the settings: mails as the service makes them, the relays, and the mailbox. */
final class SettingsOfRoundTrip {
    private static final String PREFIX = "authmail.doctor.round-trip";
    private static final Duration HANDING_OVER = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final AuthmailSettings settings;
    private final AuthmailSettings.RoundTrip own;
    private final SettingsOfDelivery delivery;
    private final SettingsOfMail mail;

    SettingsOfRoundTrip(AuthmailSettings settings) {
        this.settings = settings;
        this.own = settings.doctor().roundTrip();
        this.delivery = new SettingsOfDelivery(settings);
        this.mail = new SettingsOfMail(settings);
    }

    /** Reads keys and passwords, and opens what is closed with it. */
    RoundTrips open(Clock clock) {
        MailAddress to = Checked.address(PREFIX + ".address", own.address());
        if (!own.within().isPositive() || own.within().compareTo(LONGEST) > 0) {
            throw new SettingsException(PREFIX + ".within", "must lie between 1s and 10m");
        }
        TemplateRenderer renderer = mail.renderer(clock);
        String purpose = renderer.purposes().stream()
                .sorted()
                .findFirst()
                .orElseThrow(() -> new SettingsException("authmail.templates.folder", "there is no template"));
        RealMail mails = new RealMail(settings, renderer, clock);
        SmtpClient transport = new SmtpClient(delivery.client());
        RoundTrip trip = new RoundTrip(
                () -> mails.make("round-trip", purpose, "", to, mark -> "[authmail doctor " + mark + "]"),
                mailbox(clock),
                new DkimVerifier(keys(), clock),
                HANDING_OVER,
                own.within());
        return new RoundTrips(relays(transport), trip, HANDING_OVER.plus(own.within()), transport::close);
    }

    private ReturnMailbox mailbox(Clock clock) {
        String host = Checked.required(PREFIX + ".host", own.host(), "name the IMAP or POP3 server of that address");
        AuthmailSettings.Mailbox mailbox = own.mailbox();
        SettingsOfMailbox common = new SettingsOfMailbox(PREFIX, mailbox);
        return new RoundTripMailbox(
                new RoundTripMailbox.Server(
                        own.protocol().name().toLowerCase(Locale.ROOT), host, own.port(), own.folder()),
                common.properties(delivery.trust()),
                common.login(delivery.trust(), clock));
    }

    /** Our own: what is published in the DNS is looked at by another check. */
    private PublishedKeys keys() {
        Map<String, String> records = mail.dkimKeys().stream()
                .collect(Collectors.toMap(
                        key -> key.selector() + "._domainkey." + key.domain(), DkimKey::publicRecord, (a, b) -> a));
        return name -> {
            String record = records.get(name);
            return record == null
                    ? new PublishedKeys.Answer.NotFound()
                    : new PublishedKeys.Answer.Found(List.of(record));
        };
    }

    private List<Hop> relays(SmtpClient transport) {
        List<Hop> relays = Relays.configured(settings.relays()).stream()
                .<Hop>map(name -> new RelayHop(
                        Relays.withCredentials(
                                name, Objects.requireNonNull(settings.relays().get(name))),
                        AddressLookup.ofSystem(),
                        transport,
                        Gate.OPEN))
                .toList();
        if (relays.isEmpty()) {
            throw new SettingsException("authmail.relays", "there is no relay that a mail could go through");
        }
        return relays;
    }
}
