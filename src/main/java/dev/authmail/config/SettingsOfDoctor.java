package dev.authmail.config;

import dev.authmail.address.IpAddress;
import dev.authmail.command.DoctorSetup;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.dkim.DkimKey;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.MailHostChecks;
import dev.authmail.doctor.OutsideCheck;
import dev.authmail.doctor.RelayCheck;
import dev.authmail.doctor.Setup;
import dev.authmail.https.StrangersHttps;
import dev.authmail.mtasts.HttpsPolicySource;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpServer;
import dev.authmail.tlspolicy.TlsSettings;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings as the doctor examines them. */
final class SettingsOfDoctor {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^\\s:]+)(?::(\\d{1,5}))?");

    private final AuthmailSettings settings;
    private final SettingsOfMail mail;
    private final SettingsOfDelivery delivery;

    SettingsOfDoctor(AuthmailSettings settings) {
        this.settings = settings;
        this.mail = new SettingsOfMail(settings);
        this.delivery = new SettingsOfDelivery(settings);
    }

    /** @param clock says how long certificates still last */
    DoctorSetup setup(Clock clock) {
        AuthmailSettings.Doctor doctor = settings.doctor();
        List<InetAddress> addresses =
                doctor.addresses().stream().map(SettingsOfDoctor::address).toList();
        Setup setup = new Setup(
                mail.from().domain(),
                mail.bounceDomain(),
                Optional.of(delivery.ehloName()),
                addresses,
                keys(),
                List.of(),
                new Setup.Blocklists(doctor.addressBlocklists(), doctor.domainBlocklists()));
        SmtpProbe probe = new SmtpProbe(delivery.client());
        return new DoctorSetup(
                setup,
                relays(probe, clock),
                outside(addresses, probe),
                mailHosts(probe),
                delivery.dns(),
                () -> SettingsOfCommands.told(() -> new SettingsOfRoundTrip(settings).open(clock)));
    }

    private MailHostChecks mailHosts(SmtpProbe probe) {
        TlsSettings tls = delivery.tls();
        // Our own domain: where its names lead is nobody else's choice.
        HttpsPolicySource web = new HttpsPolicySource(
                new StrangersHttps(tls.authorities().sslContext(), tls.proxy(), tls.fetchTimeout(), host -> true));
        return MailHostChecks.dialling(web, probe, settings.direct().port());
    }

    private static InetAddress address(String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> new SettingsException(
                        "authmail.doctor.addresses", "\"" + text + "\" is not an IP address, such as 203.0.113.5"));
    }

    private List<Setup.SigningKey> keys() {
        List<DkimKey> keys = settings.dkim().keys().isEmpty() ? List.of() : mail.dkimKeys();
        return keys.stream()
                .map(key -> new Setup.SigningKey(key.domain(), key.selector(), key.publicRecord()))
                .toList();
    }

    private List<Check> relays(SmtpProbe probe, Clock clock) {
        List<Check> checks = new ArrayList<>();
        for (String name : Relays.configured(settings.relays())) {
            RelaySettings relay = Relays.withCredentials(
                    name, Objects.requireNonNull(settings.relays().get(name)));
            RelayCheck.Dial dial =
                    address -> new SmtpServer(relay.host(), address, relay.port(), relay.tls(), relay.credentials());
            checks.add(new RelayCheck(new RelayCheck.Relay(name, relay.host(), dial), probe, clock));
        }
        return checks;
    }

    private Optional<OutsideCheck> outside(List<InetAddress> known, SmtpProbe probe) {
        boolean direct = settings.direct().enabled() != AuthmailSettings.Direct.Enabled.NEVER;
        String host = settings.doctor().outsideHost();
        if (!direct || host.isBlank()) {
            return Optional.empty();
        }
        Matcher echo = HOST_AND_PORT.matcher(host.strip());
        if (!echo.matches()) {
            throw new SettingsException("authmail.doctor.outside-host", "is not host or host:port of an SMTP server");
        }
        int port = echo.group(2) == null ? settings.direct().port() : Integer.parseInt(echo.group(2));
        return Optional.of(new OutsideCheck(echo.group(1), port, known, probe));
    }
}
