package dev.authmail.authurl;

import dev.authmail.keys.HmacKey;
import dev.authmail.keys.KeyFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The live keys: the newest signs, all verify. The newest is the one whose name is greatest as plain text, character by
 * character: name keys by date with leading zeros, {@code 2026-09} before {@code 2026-11}.
 */
public final class UrlKeys {
    private final List<UrlKey> oldestFirst;

    /** @param keys at least one, names unique */
    public UrlKeys(Collection<UrlKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("There is no URL key: make one with `authmail keygen url`");
        }
        if (keys.stream().map(UrlKey::kid).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("Two URL keys have one name: rename one of the .key files");
        }
        this.oldestFirst =
                keys.stream().sorted(Comparator.comparing(UrlKey::kid)).toList();
    }

    /**
     * The keys of a folder, see {@link KeyFolder}; the name of a file is its kid.
     *
     * @throws IllegalArgumentException when a key cannot be read, or there is none; names the file and the mend
     */
    public static UrlKeys read(Path folder) {
        return new UrlKeys(KeyFolder.read(folder).entrySet().stream()
                .map(e -> new UrlKey(e.getKey(), e.getValue()))
                .toList());
    }

    /** The key that signs. */
    public UrlKey newest() {
        return oldestFirst.getLast();
    }

    /**
     * A verifier of what these keys sign.
     *
     * @param origin the public origin of the application
     */
    public AuthUrlVerifier verifier(URI origin, Clock clock) {
        var secrets = oldestFirst.stream().collect(Collectors.toMap(UrlKey::kid, UrlKeys::secret));
        return new AuthUrlVerifier(origin, secrets, clock);
    }

    private static byte[] secret(UrlKey key) {
        HmacKey hmac = key.hmac();
        return hmac.secret();
    }

    /** The names alone. */
    @Override
    public String toString() {
        return "UrlKeys" + oldestFirst.stream().map(UrlKey::kid).toList();
    }
}
