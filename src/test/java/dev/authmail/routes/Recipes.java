package dev.authmail.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.Broker;
import dev.authmail.testkit.KafkaPeer;
import dev.authmail.testkit.ScriptedSmtpServer;
import dev.authmail.testkit.TestAuthmail;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** authmail with recipes as they stand, a relay more, and a topic of the reader's own. */
final class Recipes implements AutoCloseable {
    final TestAuthmail authmail;
    final ScriptedSmtpServer relay = ScriptedSmtpServer.start("127.0.0.1", 0);
    final KafkaPeer peer;
    final String topic;

    /** Starts it. */
    Recipes(TestAuthmail authmail, String relayName, String topic, List<String> recipes) throws Exception {
        this.authmail = authmail;
        this.topic = topic;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.address()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        relay.startTls(authmail.certificates.validFor(TestAuthmail.RELAY_NAME));
        authmail.set("authmail.routes.folder", folderOf(recipes))
                .set("authmail.routes.reload-interval", "0s")
                .set("authmail.relays." + relayName + ".host", TestAuthmail.RELAY_NAME)
                .set("authmail.relays." + relayName + ".port", relay.port())
                .start();
        peer = new KafkaPeer(Broker.address(), List.of(topic));
    }

    private Path folderOf(List<String> recipes) throws Exception {
        Path folder = Files.createDirectory(authmail.folder.resolve("routes"));
        for (String recipe : recipes) {
            for (File file : Objects.requireNonNull(
                    Path.of("routes/recipes", recipe).toFile().listFiles())) {
                Files.copy(file.toPath(), folder.resolve(file.getName()));
            }
        }
        return folder;
    }

    /** The server answers for itself, and not for the recipient. */
    static void refuse(ScriptedSmtpServer server, String address) {
        server.on("RCPT TO:<" + address + ">").reply("451 4.3.0 disk full");
    }

    /** One server has the mail, and no other. */
    void assertTaken(String id, String address, ScriptedSmtpServer by) {
        authmail.outcome(id, "accepted");
        assertThat(by.mailsTo(address)).hasSize(1);
        assertThat(servers().filter(server -> server != by).flatMap(server -> server.mailsTo(address).stream()))
                .isEmpty();
    }

    void behaveAgain() {
        servers().forEach(ScriptedSmtpServer::behaveAgain);
    }

    private Stream<ScriptedSmtpServer> servers() {
        return Stream.of(authmail.relay, relay, authmail.mx, authmail.secondMx);
    }

    @Override
    public void close() {
        peer.close();
        authmail.close();
        relay.close();
    }
}
