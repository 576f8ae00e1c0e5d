package dev.authmail.command;

import dev.authmail.dns.Dns;
import dev.authmail.dns.DnsJava;
import dev.authmail.dns.DnsSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the DNS server to ask. */
final class DnsOption {
    private static final int PORT = 53;

    @Option(names = "--dns", paramLabel = "HOST:PORT", description = "The DNS server to ask; the system's by default.")
    private @Nullable String server;

    /** Opens it. @throws CommandFailure when the option is no address */
    Dns open(DnsSource source) {
        String text = server;
        if (text == null) {
            return source.at(Optional.empty());
        }
        return HostPort.parse(text, PORT)
                .map(address -> source.at(Optional.of(address)))
                .orElseThrow(() -> CommandFailure.usage("--dns " + text + " is not HOST:PORT, such as 127.0.0.1:53"));
    }

    /** Opens it; without the option, as the service asks it. */
    Dns open(Optional<DnsSettings> configured, DnsSource source) {
        return server == null && configured.isPresent() ? new DnsJava(configured.get()) : open(source);
    }
}
