package dev.authmail.config;

import dev.authmail.address.IpAddress;
import dev.authmail.command.DoctorSetup;
import dev.authmail.delivery.RelaySettings;
import dev.authmail.dkim.DkimKey;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.PortCheck;
import dev.authmail.doctor.RelayCheck;
import dev.authmail.doctor.Setup;
import dev.authmail.smtp.SmtpProbe;
import dev.authmail.smtp.SmtpServer;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The settings as the doctor examines them. */
final class SettingsOfDoctor {
    private static final int SMTP_PORT = 25;

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
        Setup setup = new Setup(
                mail.from().domain(),
                mail.bounceDomain(),
                Optional.of(delivery.ehloName()),
                doctor.addresses().stream().map(SettingsOfDoctor::address).toList(),
                keys(),
                List.of(),
                new Setup.Blocklists(doctor.addressBlocklists(), doctor.domainBlocklists()));
        return new DoctorSetup(setup, connections(clock), delivery.dns());
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

    private List<Check> connections(Clock clock) {
        List<Check> checks = new ArrayList<>();
        SmtpProbe probe = new SmtpProbe(delivery.client());
        for (String name : Relays.configured(settings.relays())) {
            RelaySettings relay = Relays.withCredentials(
                    name, Objects.requireNonNull(settings.relays().get(name)));
            RelayCheck.Dial dial =
                    address -> new SmtpServer(relay.host(), address, relay.port(), relay.tls(), relay.credentials());
            checks.add(new RelayCheck(new RelayCheck.Relay(name, relay.host(), dial), probe, clock));
        }
        boolean direct = settings.direct().enabled() == AuthmailSettings.Direct.Enabled.ALWAYS;
        if (direct && !settings.doctor().outsideHost().isBlank()) {
            checks.add(new PortCheck(settings.doctor().outsideHost(), SMTP_PORT));
        }
        return checks;
    }
}
