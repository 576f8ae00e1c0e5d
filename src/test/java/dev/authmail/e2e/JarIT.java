package dev.authmail.e2e;

import static dev.authmail.testkit.KafkaPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.authmail.testkit.ReceivedMail;
import dev.authmail.testkit.TestAuthmail;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shipped, as it is shipped: the jar, its commands and its service, told everything by the environment. */
class JarIT {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Pattern LINK = Pattern.compile("https://app\\.sender\\.test/verify\\?[!-~]+");

    @TempDir
    private Path folder;

    @Test
    void helpNamesTheCommandsAndAWrongOneIsRefused() throws Exception {
        Jar help = Jar.run(folder, "", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("keygen", "dkim", "url");

        Jar wrong = Jar.run(folder, "", "send-everything");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("send-everything").doesNotContain("\tat ");
    }

    /** Keys made by the jar, a mail sent with them by the jar, and its link and signatures verified by the jar. */
    @Test
    void theJarVerifiesWhatItSentWithTheKeysItMade() throws Exception {
        String zone = keygen();
        try (TestAuthmail authmail = withKeys(zone);
                Jar service = Jar.start(folder, authmail.environment()).awaitStarted()) {
            authmail.watch().register("jar-1", "hanako@good.test");
            ReceivedMail mail = authmail.relay.awaitMails(1).getFirst();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(service.get("/actuator/prometheus"))
                            .startsWith("200")
                            .containsPattern("authmail_outcomes_total\\{.*accepted.*} 1"));
            assertThat(service.get("/actuator/health")).startsWith("200").contains("\"status\":\"UP\"");

            assertThat(service.out()).contains("DKIM signatures are made by ");
            assertThat(service.get("/actuator/prometheus")).contains("authmail_dkim_crypto{provider=");
            assertThat(service.err()).as("the manifest grants native access").doesNotContain("WARNING");

            Path file = Files.write(folder.resolve("mail.eml"), mail.octets());
            String dns = "127.0.0.1:" + authmail.dns.address().getPort();
            Jar verified = Jar.run(folder, "", "dkim", "verify", "--dns", dns, file.toString());
            assertThat(verified.out()).contains("\"result\":\"pass\"", "rsa-sha256", "ed25519-sha256");
            assertThat(verified.status()).isZero();
            Files.writeString(file, mail.text().replace("Subject: ", "Subject: x"));
            assertThat(Jar.run(folder, "", "dkim", "verify", "--dns", dns, file.toString())
                            .status())
                    .isEqualTo(1);

            String link = link(mail);
            assertThat(urlVerify(link).status()).isZero();
            assertThat(urlVerify(link.replace("uid=u-jar-1", "uid=u-jar-2")).status())
                    .isEqualTo(1);
        }
    }

    /** Makes every key, and returns the records to publish. */
    private String keygen() throws Exception {
        String dkim = folder.resolve("dkim").toString();
        Jar made = Jar.run(folder, "", "keygen", "dkim", "--domain", "sender.test", "--selector", "s", "--dir", dkim);
        assertThat(made.status()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("dkim/s-rsa.pem"))))
                .isEqualTo("rw-------");
        assertThat(Jar.run(
                                folder,
                                "",
                                "keygen",
                                "url",
                                "--dir",
                                folder.resolve("url").toString())
                        .status())
                .isZero();
        String envelope = folder.resolve("envelope").toString();
        assertThat(Jar.run(folder, "", "keygen", "envelope", "--dir", envelope).status())
                .isZero();
        assertThat(Jar.run(folder, "", "keygen", "envelope", "--dir", envelope).status())
                .as("a key is never overwritten")
                .isEqualTo(1);
        return made.out().lines().filter(l -> l.contains(" IN TXT ")).collect(Collectors.joining("\n", "", "\n"));
    }

    private TestAuthmail withKeys(String zone) {
        TestAuthmail authmail = new TestAuthmail();
        authmail.dns.zone("sender.test", zone);
        return authmail.set("authmail.link.keys", folder.resolve("url"))
                .set("authmail.mail.envelope-keys", folder.resolve("envelope"))
                .set("authmail.dkim.keys[0].selector", "s-rsa")
                .set("authmail.dkim.keys[0].file", folder.resolve("dkim/s-rsa.pem"))
                .set("authmail.dkim.keys[1].selector", "s-ed25519")
                .set("authmail.dkim.keys[1].file", folder.resolve("dkim/s-ed25519.pem"));
    }

    private Jar urlVerify(String link) throws Exception {
        return Jar.run(
                folder,
                link + "\n",
                "url",
                "verify",
                "--keys",
                folder.resolve("url").toString(),
                "--origin",
                "https://app.sender.test",
                "--purpose",
                "verify-email");
    }

    private static String link(ReceivedMail mail) throws Exception {
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(mail.octets()));
        Multipart parts = (Multipart) message.getContent();
        Matcher found = LINK.matcher(parts.getBodyPart(0).getContent().toString());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    @Test
    void aRouteFileInTheFolderIsInForce() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        String shipped = Files.readString(Path.of("routes/deliver.camel.yaml"));
        Files.writeString(
                routes.resolve("deliver.camel.yaml"),
                shipped.replace("name: deliver-via-relay\n        - f", "name: deliver-to-mx\n        - f"));
        assertThat(routes.resolve("deliver.camel.yaml")).content().isNotEqualTo(shipped);
        try (TestAuthmail authmail = new TestAuthmail()) {
            Map<String, String> environment = authmail.environment();
            environment.put("AUTHMAIL_ROUTES_FOLDER", routes.toString());
            try (Jar service = Jar.start(folder, environment).awaitStarted()) {
                authmail.watch().register("edited", "hanako@good.test");

                authmail.mx.awaitMails(1);
                assertThat(authmail.relay.mails()).isEmpty();
                assertThat(service.get("/actuator/health")).startsWith("200");
            }
        }
    }

    @Test
    void theEndInMidDeliveryLosesNothingAndRepeatsNothing() throws Exception {
        try (TestAuthmail authmail = new TestAuthmail()) {
            // Longer than authmail.kafka.drain, which is for a partition that moves to another replica.
            authmail.relay.on("RCPT TO:<slow@good.test>").stall(Duration.ofSeconds(11));
            try (Jar service = Jar.start(folder, authmail.environment()).awaitStarted()) {
                authmail.watch().register("slow", "slow@good.test");
                authmail.register("quick", "quick@good.test");
                Awaitility.await().until(() -> authmail.relay.commands("RCPT").size() == 2);
                long asked = System.nanoTime();
                service.terminate();

                assertThat(service.status()).as(service.out()).isEqualTo(143);
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(GRACE);
                assertThat(authmail.relay.mails()).hasSize(2);
            }
            authmail.kafka().await(authmail.outcomes(), 2, r -> text(r).contains("authmail.accepted"));
            try (Jar again = Jar.start(folder, authmail.environment()).awaitStarted()) {
                authmail.register("after", "after@good.test");
                authmail.kafka().await(authmail.outcomes(), 3, r -> text(r).contains("authmail.accepted"));
                assertThat(authmail.relay.mails())
                        .extracting(ReceivedMail::to)
                        .containsExactlyInAnyOrder("slow@good.test", "quick@good.test", "after@good.test");
                assertThat(again.isAlive()).isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            authmail.mail.from,          '',                   authmail.mail.from: is missing
            authmail.kafka.brokers,      127.0.0.1:1,          authmail.kafka.brokers: no answer from 127.0.0.1:1
            """)
    void aSettingThatIsWrongIsToldInOneSentence(String name, String value, String sentence) throws Exception {
        try (TestAuthmail authmail = new TestAuthmail()) {
            authmail.set("authmail.kafka.start-timeout", "3s").set(name, value);

            try (Jar service = Jar.start(folder, authmail.environment())) {
                assertThat(service.status()).isEqualTo(1);
                assertThat(service.out() + service.err()).doesNotContain("\tat ", "BeanCreationException");
                assertThat(service.out().split(Pattern.quote(sentence), -1))
                        .as(service.out())
                        .hasSize(2);
            }
        }
    }

    @Test
    void noTestLibraryAndNoKeyIsShipped() throws IOException {
        List<String> names;
        try (JarFile jar = new JarFile(Jar.FILE.toFile())) {
            names = jar.stream().map(entry -> entry.getName()).toList();
        }

        assertThat(names).contains("BOOT-INF/classes/routes/deliver.camel.yaml");
        assertThat(names)
                .noneMatch(
                        name -> name.matches(
                                ".*/(junit|assertj|awaitility|archunit|mockito|spring-(boot-)?(kafka-)?test|spring-kafka"
                                        + "|camel-(mock|stub|dataset|test)|kafka_2|kafka-server|apache-jdkim|jsoup)[^/]*\\.jar"));
        assertThat(names)
                .noneMatch(
                        name -> name.matches(
                                "BOOT-INF/classes/(.*\\.(pem|key|eml|ftl\\.orig)|.*testkit.*|.*[/]demo/.*|logback-test\\.xml)"));
    }
}
