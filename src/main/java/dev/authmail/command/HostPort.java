package dev.authmail.command;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as people type it: {@code host}, {@code host:port}, {@code [::1]:port}. RFC 3986 §3.2. */
final class HostPort {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]\\s]+))(?::([0-9]{1,5}))?");

    private HostPort() {}

    static Optional<InetSocketAddress> parse(String text, int defaultPort) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        int port = m.group(3) == null ? defaultPort : Integer.parseInt(m.group(3));
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(m.group(1) == null ? m.group(2) : m.group(1), port);
        return Optional.of(address).filter(a -> !a.isUnresolved());
    }
}
