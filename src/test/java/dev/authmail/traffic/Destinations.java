package dev.authmail.traffic;

import dev.authmail.smtp.SmtpServer;
import dev.authmail.smtp.TlsPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Servers of a provider, and what they do, as words of a table. */
final class Destinations {
    static final String PROVIDER = "example.test";

    private Destinations() {}

    static Destination to(String address) {
        return of(PROVIDER, address);
    }

    static Destination of(String provider, String address) {
        return of(provider, address, Duration.ZERO);
    }

    static Destination of(String provider, String address, Duration patience) {
        try {
            return new Destination(
                    provider,
                    new SmtpServer("mx." + provider, InetAddress.getByName(address), 25, TlsPolicy.OPPORTUNISTIC, null),
                    patience);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    static Reception reception(String word) {
        return switch (word) {
            case "accept" -> new Reception.Accepted();
            case "answer" -> new Reception.Answered();
            case "fail" -> new Reception.Unreachable(false);
            case "silent" -> new Reception.Unreachable(true);
            case "not-asked" -> new Reception.NotAsked();
            case "refuse-us" -> new Reception.RefusedUs(true, "our-spf", Duration.ZERO, "550 5.7.23 SPF fails");
            case "slow-down" ->
                new Reception.RefusedUs(false, "google-rate", Duration.ofMinutes(10), "421 4.7.28 unusual rate");
            case "not-now" -> new Reception.RefusedUs(false, "our-greylist", Duration.ZERO, "421 try again later");
            default -> throw new IllegalArgumentException(word);
        };
    }
}
