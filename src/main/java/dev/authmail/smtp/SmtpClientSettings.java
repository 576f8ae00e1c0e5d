package dev.authmail.smtp;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every conversation has in common.
 *
 * @param ehloName the name shown in EHLO: the PTR name of the sending address, or an address literal. RFC 5321 §4.1.1.1
 * @param timeouts how long each step may take
 * @param trust whose certificates are believed
 * @param localAddress the address to dial from; the system chooses when there is none
 */
public record SmtpClientSettings(
        String ehloName,
        Timeouts timeouts,
        TrustAnchors trust,
        @Nullable InetAddress localAddress) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Za-z0-9:.]{1,64}]");

    public SmtpClientSettings {
        if (!NAME.matcher(ehloName).matches()) {
            throw new IllegalArgumentException(
                    "the EHLO name '" + ehloName + "' is not a host name: give the PTR name of the sending address");
        }
    }

    /** Default time limits, the trust anchors of the JVM, any local address. */
    public static SmtpClientSettings of(String ehloName) {
        return new SmtpClientSettings(ehloName, Timeouts.DEFAULT, TrustAnchors.ofJvm(), null);
    }
}
