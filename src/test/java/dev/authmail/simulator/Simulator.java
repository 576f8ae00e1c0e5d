package dev.authmail.simulator;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The {@link ProviderSimulator} for people: {@code mvn spring-boot:test-run
 * -Dspring-boot.run.main-class=dev.authmail.simulator.Simulator}. Stays up and prints what is said.
 */
public final class Simulator {
    private static final int SMTP_PORT = 2525;
    private static final int DNS_PORT = 5354;

    private Simulator() {}

    /** @param args {@code --smtp.port=2525 --dns.port=5354}; with {@code --exit} it ends when all is up */
    public static void main(String[] args) throws InterruptedException {
        List<String> options = List.of(args);
        try (ProviderSimulator simulator = ProviderSimulator.start(
                option(options, "smtp.port", SMTP_PORT), option(options, "dns.port", DNS_PORT))) {
            introduce(simulator);
            simulator.listen((behaviour, line) -> say("%-24s %s", behaviour.code(), line));
            if (!options.contains("--exit")) {
                new CountDownLatch(1).await(); // until somebody stops the process
            }
        }
    }

    private static void introduce(ProviderSimulator simulator) {
        say("%-24s %-17s %-43s %s", "behaviour", "listens on", "as", "what it does");
        for (Behaviour behaviour : Behaviour.values()) {
            String address = simulator.server(behaviour).address().getHostAddress() + ":" + simulator.port();
            say("%-24s %-17s %-43s %s", behaviour.code(), address, behaviour.mxHost(), behaviour.words());
        }
        say("");
        say("Mail to anybody@BEHAVIOUR.test finds it with these settings:");
        say(
                "  --authmail.dns.servers=127.0.0.1:%d --authmail.direct.enabled=always --authmail.direct.port=%d",
                simulator.dns().address().getPort(), simulator.port());
        say("  --authmail.direct.allow-private-addresses=true --authmail.smtp.ca-bundle=%s", simulator.authority());
        say("");
    }

    private static int option(List<String> options, String name, int standard) {
        String beginning = "--" + name + "=";
        return options.stream()
                .filter(option -> option.startsWith(beginning))
                .map(option -> Integer.parseInt(option.substring(beginning.length())))
                .findFirst()
                .orElse(standard);
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }
}
