package dev.authmail.command;

import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.Setup;
import java.util.List;

/**
 * The service's set-up as the doctor examines it.
 *
 * @param setup how mail is sent
 * @param connections checks that connect to somewhere: relays, port 25
 * @param dns how the DNS is asked
 */
public record DoctorSetup(Setup setup, List<Check> connections, DnsSettings dns) {
    public DoctorSetup {
        connections = List.copyOf(connections);
    }
}
