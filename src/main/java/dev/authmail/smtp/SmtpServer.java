package dev.authmail.smtp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One server to talk to. Equal values may share a connection.
 *
 * @param host the name for the certificate check, for SNI and for people
 * @param address the address that is dialled; never looked up again
 * @param port 1 to 65535
 * @param tls how much TLS it must give
 * @param certificateCheck who judges its certificate in place of authorities and host name, if anybody
 * @param credentials what AUTH shows it, if anything
 * @param chunking whether a message goes with its envelope, in one round trip, where the server offers CHUNKING
 *     (RFC 3030)
 */
public record SmtpServer(
        String host,
        InetAddress address,
        int port,
        TlsPolicy tls,
        @Nullable CertificateCheck certificateCheck,
        @Nullable Credentials credentials,
        boolean chunking) {
    public SmtpServer {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not between 1 and 65535");
        }
    }

    /** A server whose certificate authorities vouch for, and that is given a message only when it has taken the envelope. */
    public SmtpServer(String host, InetAddress address, int port, TlsPolicy tls, @Nullable Credentials credentials) {
        this(host, address, port, tls, null, credentials, false);
    }

    /** The name that it is asked for in TLS (SNI). RFC 6066 §3. */
    String serverName() {
        return certificateCheck == null ? host : certificateCheck.serverName();
    }

    /** Host and address as they stand in records and logs: {@code mx.example.com[192.0.2.1]:25}. */
    public String label() {
        return host + "[" + address.getHostAddress() + "]:" + port;
    }
}
