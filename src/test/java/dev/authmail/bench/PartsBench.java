package dev.authmail.bench;

import dev.authmail.authurl.AuthUrl;
import dev.authmail.delivery.SmtpText;
import dev.authmail.dkim.Cryptography;
import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.dkim.SigningPrimitive;
import dev.authmail.event.RegistrationEvent;
import dev.authmail.mail.MailMessage;
import dev.authmail.template.RenderedMail;
import dev.authmail.testkit.TestKeys;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the parts of a mail cost, each alone in one thread: CPU time of the thread, so that other work on the machine
 * hardly counts. Every second mail is Japanese. {@code bench/README.md}.
 */
final class PartsBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int TRIALS = 5;
    private static final long TRIAL_NANOS = 1_000_000_000;

    /** What is made, so that making it cannot be optimized away. */
    private static volatile Object made;

    private final Path folder;
    private int next;

    private PartsBench(Path folder) {
        this.folder = folder;
    }

    private interface Part {
        Object make(int number) throws GeneralSecurityException;
    }

    public static void main(String[] args) throws Exception {
        PartsBench bench = new PartsBench(Files.createTempDirectory("authmail-bench"));
        bench.parts(new MailMaker(bench.folder));
        bench.signatures(TestKeys.in(bench.folder));
    }

    private void parts(MailMaker maker) throws GeneralSecurityException {
        byte[][] values = {value(0), value(1)};
        RegistrationEvent[] events = {maker.event(values[0]), maker.event(values[1])};
        AuthUrl[] links = {maker.link(events[0]), maker.link(events[1])};
        RenderedMail[] mails = {maker.rendered(events[0], links[0]), maker.rendered(events[1], links[1])};
        MailMessage[] messages = {maker.composed(events[0], mails[0]), maker.composed(events[1], mails[1])};
        System.out.printf("Mails of %d and %d octets%n%n", messages[0].size(), messages[1].size());
        System.out.printf("| part | CPU µs |%n|---|---:|%n");
        measure("read and check the event", i -> maker.event(values[i]));
        measure("sign the link", i -> maker.link(events[i]));
        measure("render text and HTML", i -> maker.rendered(events[i], links[i]));
        measure("compose", i -> maker.composed(events[i], mails[i]));
        DkimSigner hashing = new DkimSigner(
                List.of(key(TestKeys.in(folder), DkimAlgorithm.RSA_SHA256)),
                Clock.systemUTC(),
                Optional.empty(),
                new NoSigning());
        measure("DKIM but for the raw signature", i -> hashing.sign(messages[i]));
        measure("hide addresses in the reply", i -> SmtpText.redact("2.0.0 Ok: queued as 4VwX9", events[i].email()));
    }

    private static byte[] value(int number) {
        return Registrations.event(number, n -> "d1.bench.test");
    }

    private void signatures(TestKeys keys) throws GeneralSecurityException {
        byte[] octets = new byte[1500];
        for (Cryptography cryptography : List.of(Cryptography.jdk(""), Cryptography.fastest(List.of()))) {
            for (DkimAlgorithm algorithm : DkimAlgorithm.values()) {
                DkimKey key = key(keys, algorithm);
                SigningPrimitive primitive = cryptography.primitive();
                measure(algorithm.tag() + ", " + primitive.name(), i -> primitive.sign(key, octets));
            }
        }
    }

    private static DkimKey key(TestKeys keys, DkimAlgorithm algorithm) {
        Path file = algorithm == DkimAlgorithm.RSA_SHA256 ? keys.rsaFile() : keys.ed25519File();
        return DkimKey.load("sender.test", "s", algorithm, file);
    }

    private void measure(String name, Part part) throws GeneralSecurityException {
        trial(part, 3 * TRIAL_NANOS);
        double[] micros = new double[TRIALS];
        for (int i = 0; i < TRIALS; i++) {
            micros[i] = trial(part, TRIAL_NANOS);
        }
        Arrays.sort(micros);
        System.out.printf("| %s | %.1f |%n", name, micros[TRIALS / 2]);
    }

    /** Microseconds for one, over so many nanoseconds. */
    private double trial(Part part, long nanos) throws GeneralSecurityException {
        long begun = THREADS.getCurrentThreadCpuTime();
        long count = 0;
        long now = begun;
        while (now - begun < nanos) {
            for (int i = 0; i < 100; i++) {
                made = part.make(next++ & 1);
            }
            count += 100;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return (now - begun) / 1e3 / count;
    }

    private static final class NoSigning implements SigningPrimitive {
        private final byte[] signature = new byte[256];

        @Override
        public String name() {
            return "nobody";
        }

        @Override
        public byte[] sign(DkimKey key, byte[] octets) {
            return signature;
        }
    }
}
