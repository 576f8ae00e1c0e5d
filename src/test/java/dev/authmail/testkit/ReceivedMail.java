package dev.authmail.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One mail that a {@link ScriptedSmtpServer} took. */
public final class ReceivedMail {
    private final String from;
    private final String to;
    private final List<String> parameters;
    private final byte[] octets;
    private final String tls;
    private final int connection;

    ReceivedMail(String mail, String rcpt, byte[] octets, String tls, int connection) {
        this.from = path(mail);
        this.to = path(rcpt);
        this.parameters =
                List.of(mail.substring(mail.lastIndexOf('>') + 1).strip().split(" +"));
        this.octets = octets;
        this.tls = tls;
        this.connection = connection;
    }

    private static String path(String command) {
        return command.substring(command.indexOf('<') + 1, command.lastIndexOf('>'));
    }

    /** The MAIL FROM address. */
    public String from() {
        return from;
    }

    /** The RCPT TO address. */
    public String to() {
        return to;
    }

    /** The parameters of MAIL, such as {@code BODY=8BITMIME}. */
    public List<String> parameters() {
        return parameters;
    }

    /** The message, octet for octet, without what DATA adds. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The message as UTF-8. */
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** The TLS protocol such as {@code TLSv1.3}; empty for clear text. */
    public String tls() {
        return tls;
    }

    /** Over which connection it came, from 1. */
    public int connection() {
        return connection;
    }

    @Override
    public String toString() {
        return "mail from " + from + " to " + to + ", " + octets.length + " octets over connection " + connection;
    }
}
