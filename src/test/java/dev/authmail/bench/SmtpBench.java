package dev.authmail.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.authmail.dkim.DkimAlgorithm;
import dev.authmail.dkim.DkimKey;
import dev.authmail.dkim.DkimSigner;
import dev.authmail.mail.MailMessage;
import dev.authmail.mail.SignedMessage;
import dev.authmail.testkit.TestKeys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * Mails per second and CPU time per mail: authmail's pooled hop sender against a plain camel-mail endpoint, which makes a
 * connection for each mail. Same signed mail, same server, STARTTLS, warm; the two take turns. {@code bench/README.md}.
 */
final class SmtpBench {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The pooled sender is that much faster, and a trial of it is to last as well. */
    private static final int MORE = 5;

    private final int mails;
    private final int trials;

    private record Contestant(String name, Sender sender, int mails) {}

    private SmtpBench(int mails, int trials) {
        this.mails = mails;
        this.trials = trials;
    }

    /** What one trial took. */
    private record Trial(double perSecond, double cpuMicros, double serverCpuMicros, double mailsPerConnection) {}

    /** @param args mails of a trial, trials of each sender, and the numbers of connections */
    public static void main(String[] args) throws Exception {
        int mails = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int trials = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<Integer> connections = args.length > 2
                ? Arrays.stream(args).skip(2).map(Integer::valueOf).toList()
                : List.of(8, 32);
        byte[] mail = signedMail();
        System.out.printf(
                "%d processors, Java %s, a mail of %d octets, %d mails a trial (authmail: %d), median of %d trials%n",
                SYSTEM.getAvailableProcessors(), Runtime.version(), mail.length, mails, mails * MORE, trials);
        for (int count : connections) {
            new SmtpBench(mails, trials).compare(count, mail);
        }
        System.exit(0); // camel-mail leaves threads
    }

    private void compare(int connections, byte[] mail) throws Exception {
        try (SinkProcess sink = new SinkProcess();
                Sender pooled = Sender.pooled(sink, connections, mail);
                Sender plain = Sender.plain(sink, Trust.in(sink.authority), mail)) {
            List<Contestant> contestants =
                    List.of(new Contestant("authmail", pooled, mails * MORE), new Contestant("plain", plain, mails));
            Map<String, List<Trial>> results = new LinkedHashMap<>();
            for (int i = -1; i < trials; i++) {
                for (Contestant contestant : contestants) {
                    Trial trial = trial(contestant.sender, contestant.mails, sink, connections);
                    if (i >= 0) { // the first warms up
                        results.computeIfAbsent(contestant.name, k -> new ArrayList<>())
                                .add(trial);
                    }
                }
            }
            print(connections, results);
        }
    }

    private static Trial trial(Sender sender, int mails, SinkProcess sink, int connections) throws Exception {
        Queue<Object> bodies = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < mails; i++) {
            bodies.add(sender.body());
        }
        long[] before = sink.counts();
        long serverCpu = sink.cpu().toNanos();
        long cpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        sendAll(sender, bodies, connections);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMicros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / mails;
        double serverCpuMicros = (sink.cpu().toNanos() - serverCpu) / 1e3 / mails;
        long[] after = sink.counts();
        if (after[0] - before[0] != mails) {
            throw new IllegalStateException("the server took " + (after[0] - before[0]) + " of " + mails + " mails");
        }
        double made = Math.max(1, after[1] - before[1]);
        return new Trial(mails / seconds, cpuMicros, serverCpuMicros, mails / made);
    }

    private static void sendAll(Sender sender, Queue<Object> bodies, int connections)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                done.add(threads.submit(() -> {
                    for (Object body = bodies.poll(); body != null; body = bodies.poll()) {
                        sender.send(body);
                    }
                }));
            }
            for (Future<?> thread : done) {
                thread.get();
            }
        }
    }

    private static void print(int connections, Map<String, List<Trial>> results) {
        System.out.printf(
                "%n%d connections  %12s %14s %16s %18s%n",
                connections, "mails/s", "CPU µs/mail", "server µs/mail", "mails/connection");
        results.forEach((name, trials) -> System.out.printf(
                "%-14s %12.0f %14.0f %16.0f %18.1f   mails/s of each trial: %s%n",
                name,
                median(trials, Trial::perSecond),
                median(trials, Trial::cpuMicros),
                median(trials, Trial::serverCpuMicros),
                median(trials, Trial::mailsPerConnection),
                trials.stream().map(t -> Math.round(t.perSecond())).toList()));
        List<Trial> pooled = results.get("authmail");
        List<Trial> plain = results.get("plain");
        System.out.printf(
                "ratio          %12.2f %14.2f %16.2f%n",
                median(pooled, Trial::perSecond) / median(plain, Trial::perSecond),
                median(pooled, Trial::cpuMicros) / median(plain, Trial::cpuMicros),
                median(pooled, Trial::serverCpuMicros) / median(plain, Trial::serverCpuMicros));
    }

    private static double median(List<Trial> trials, ToDoubleFunction<Trial> value) {
        double[] sorted = trials.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** A mail as authmail sends them: 6 KB, two parts, two signatures. */
    static byte[] signedMail() throws IOException {
        Path folder = Files.createTempDirectory("authmail-bench");
        TestKeys keys = TestKeys.in(folder);
        DkimSigner signer = new DkimSigner(
                List.of(
                        DkimKey.load("sender.test", "rsa", DkimAlgorithm.RSA_SHA256, keys.rsaFile()),
                        DkimKey.load("sender.test", "ed", DkimAlgorithm.ED25519_SHA256, keys.ed25519File())),
                Clock.systemUTC());
        SignedMessage signed = signer.sign(new MailMessage(unsigned().getBytes(UTF_8)));
        ByteBuffer octets = signed.octets();
        byte[] mail = new byte[octets.remaining()];
        octets.get(mail);
        return mail;
    }

    private static String unsigned() {
        String line = "=E3=81=93=E3=81=AE=E3=83=AA=E3=83=B3=E3=82=AF Please confirm your address=\r\n";
        return String.join(
                "\r\n",
                "From: Example <no-reply@sender.test>",
                "To: hanako@b.test",
                "Subject: Confirm your address",
                "Date: Tue, 24 Nov 2026 06:00:00 +0000",
                "Message-ID: <1@sender.test>",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=b1",
                "",
                "--b1",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                line.repeat(20),
                "--b1",
                "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                line.repeat(40),
                "--b1--",
                "");
    }
}
