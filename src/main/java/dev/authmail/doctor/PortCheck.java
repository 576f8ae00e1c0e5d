package dev.authmail.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Port 25 is open to the outside: most clouds close it. */
public final class PortCheck implements Check {
    private static final String NAME = "port-25";
    private static final Duration LIMIT = Duration.ofSeconds(7);

    private final String host;
    private final int port;

    /**
     * @param host an MX host that always answers
     * @param port 25, but for tests
     */
    public PortCheck(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String subject() {
        return host + ":" + port;
    }

    @Override
    public List<Finding> run() {
        InetSocketAddress server = new InetSocketAddress(host, port);
        if (server.isUnresolved()) {
            return List.of(Finding.unknown(NAME, subject(), "the host has no address"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) LIMIT.toMillis());
            return List.of(Finding.fine(NAME, subject(), "can be reached"));
        } catch (IOException e) {
            return List.of(new Finding(
                    NAME,
                    Status.FAILURE,
                    subject(),
                    "cannot be reached",
                    "port 25 open to the outside (clouds open it on request), or authmail.direct.enabled: never",
                    "the direct route to every provider",
                    List.of()));
        }
    }
}
