package dev.authmail.suppression;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.address.MailAddress;
import dev.authmail.keys.HmacKey;
import dev.authmail.keys.KeyFolder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns addresses into the keys of the suppressions topic: base64url of the first 16 octets of HMAC-SHA256 over {@code
 * authmail-suppression-v1}, a line feed and the address. Both its parts are lower-cased here and nowhere else: a mailbox
 * that tells its letters apart is rarer than one that is written in two ways.
 *
 * <p>The greatest name hashes, all are asked, so that a key can be rotated: an old one goes when its entries have ended.
 */
public final class SuppressionKeys {
    private static final String LABEL = "authmail-suppression-v1\n";
    private static final int OCTETS = 16;

    private final List<HmacKey> newestFirst;

    /** @param keys by name, at least one */
    public SuppressionKeys(Map<String, HmacKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no suppression key: make one with `authmail keygen suppression`");
        }
        this.newestFirst = List.copyOf(new TreeMap<>(keys).descendingMap().values());
    }

    /**
     * The keys of a folder, see {@link KeyFolder}.
     *
     * @throws IllegalArgumentException when a key cannot be read or there is none
     */
    public static SuppressionKeys read(Path folder) {
        return new SuppressionKeys(KeyFolder.read(folder));
    }

    /** The key under which an address is suppressed from now on. */
    public String key(MailAddress address) {
        return key(newestFirst.getFirst(), address);
    }

    /** Every key under which an address may have been suppressed, the newest first. */
    public List<String> keys(MailAddress address) {
        return newestFirst.stream().map(key -> key(key, address)).toList();
    }

    private static String key(HmacKey key, MailAddress address) {
        String text = LABEL + address.wire().toLowerCase(Locale.ROOT);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac(text.getBytes(UTF_8), OCTETS));
    }
}
