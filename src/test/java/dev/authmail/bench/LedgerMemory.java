package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.event.EventId;
import dev.authmail.ledger.Ledger;
import dev.authmail.ledger.LedgerEntry;
import dev.authmail.ledger.LedgerEntry.State;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** How much memory the ledger of a process takes: {@code bench/ledger-memory [entries]}. */
public final class LedgerMemory {
    private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");

    private LedgerMemory() {}

    /** @param args how many entries; a million when there is none */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        int entries = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        learn(new Ledger(Duration.ofHours(24), 1, Clock.systemUTC())); // Jackson and SHA-256 are there from here on
        Ledger ledger = new Ledger(Duration.ofHours(24), entries, Clock.systemUTC());
        long before = used();
        for (int i = 0; i < entries; i++) {
            learn(ledger);
        }
        print(ledger, "entries, each of another user", used() - before);
        for (int i = 0; i < entries; i++) {
            learn(ledger);
        }
        print(ledger, "entries after as many more", used() - before);
        System.out.printf(Locale.ROOT, "forgotten early: %,d%n", ledger.forgottenEarly());
    }

    /** As the follower does: from the record's octets, so that nothing is shared between entries. */
    private static void learn(Ledger ledger) throws NoSuchAlgorithmException {
        UUID id = new UUID(RANDOM.nextLong(), RANDOM.nextLong());
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] hash = sha256.digest(id.toString().getBytes(UTF_8));
        String subject = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
        Instant now = Instant.now();
        byte[] json = new LedgerEntry(
                        State.ACCEPTED,
                        1,
                        now,
                        subject,
                        now.minusSeconds(2),
                        "u-" + id,
                        "dS0x",
                        null,
                        "q83vEjRWeJCrze8SNFZ4kA",
                        null)
                .toJson();
        ledger.learn(
                new EventId("/app/registrations|" + id),
                LedgerEntry.fromJson(json).orElseThrow());
    }

    private static void print(Ledger ledger, String what, long octets) {
        System.out.printf(
                Locale.ROOT,
                "%,d %s: %,d MB, %d octets an entry%n",
                ledger.size(),
                what,
                octets / 1_000_000,
                octets / ledger.size());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
