package dev.authmail.command;

import dev.authmail.dns.DnsSettings;
import dev.authmail.doctor.Check;
import dev.authmail.doctor.OutsideCheck;
import dev.authmail.doctor.Setup;
import java.util.List;
import java.util.Optional;

/**
 * The service's set-up as the doctor examines it.
 *
 * @param setup how mail is sent
 * @param relays checks of the relays
 * @param outside connects to an MX host outside, when mail goes there directly
 * @param dns how the DNS is asked
 */
public record DoctorSetup(Setup setup, List<Check> relays, Optional<OutsideCheck> outside, DnsSettings dns) {
    public DoctorSetup {
        relays = List.copyOf(relays);
    }
}
