package dev.authmail.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenSSL's libcrypto, which a machine with the package openssl has. */
@Tag("real")
class LibcryptoIT {
    @Test
    void itIsChosenWhereItIs() {
        assertThat(Cryptography.fastest(List.of(Fixtures.rsa(), Fixtures.ed25519()))
                        .primitive()
                        .name())
                .startsWith("OpenSSL 3.");
    }

    @Test
    void manyThreadsSignWithOneKey() throws Exception {
        List<DkimKey> keys = List.of(Fixtures.rsa(), Fixtures.ed25519());
        SigningPrimitive libcrypto = Cryptography.fastest(keys).primitive();
        byte[] octets = new byte[2_000];
        List<byte[]> expected = new ArrayList<>();
        for (DkimKey key : keys) {
            expected.add(new JdkSigning().sign(key, octets));
        }

        Callable<Boolean> signing = () -> {
            for (int i = 0; i < 500; i++) {
                assertThat(libcrypto.sign(keys.get(i % 2), octets)).isEqualTo(expected.get(i % 2));
            }
            return true;
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(32, signing))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    /** 40,000 signatures and 2,000 keys would leave 100 MB behind if each left a few KB. */
    @Test
    void neitherSignaturesNorKeysLeaveMemoryBehind() throws Exception {
        DkimKey key = Fixtures.ed25519();
        SigningPrimitive libcrypto = Cryptography.fastest(List.of(key)).primitive();
        byte[] octets = new byte[2_000];
        sign(libcrypto, key, octets, 20_000);
        makeAndForget(key, octets, 500);
        long before = residentKibibytes();

        sign(libcrypto, key, octets, 40_000);
        makeAndForget(key, octets, 2_000);

        assertThat(residentKibibytes() - before).isLessThan(30_000);
    }

    private static void sign(SigningPrimitive libcrypto, DkimKey key, byte[] octets, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            libcrypto.sign(key, octets);
        }
    }

    private static void makeAndForget(DkimKey key, byte[] octets, int times) throws Exception {
        SigningPrimitive libcrypto = Cryptography.fastest(List.of(key)).primitive();
        for (int i = 0; i < times; i++) {
            DkimKey fresh = DkimKey.of("a.example", "s" + i, key.algorithm(), key.privateKey());
            libcrypto.sign(fresh, octets);
        }
    }

    private static long residentKibibytes() throws Exception {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
