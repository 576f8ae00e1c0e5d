package dev.authmail.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the keys of a folder: every file {@code <name>.key} holds 32 or more random octets in base64url. Other files,
 * and hidden ones such as the {@code ..data} of a mounted Secret, are passed over; links are followed, for Kubernetes
 * mounts the keys as links.
 */
public final class KeyFolder {
    private static final String SUFFIX = ".key";
    private static final int MAX_FILE_OCTETS = 4096;

    private KeyFolder() {}

    /**
     * The keys by name, in the natural order of their names.
     *
     * @throws IllegalArgumentException when the folder or a key cannot be read, or there is no key; names the file
     */
    public static SortedMap<String, HmacKey> read(Path folder) {
        var keys = new TreeMap<String, HmacKey>();
        for (var file : files(folder)) {
            var name = file.getFileName().toString();
            keys.put(name.substring(0, name.length() - SUFFIX.length()), key(file));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "No file <name>.key in " + folder + ": make a key with `authmail keygen` and put it there");
        }
        return keys;
    }

    private static List<Path> files(Path folder) {
        try (var all = Files.list(folder)) {
            return all.filter(KeyFolder::isKey).sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot list the key folder " + folder + ": does it exist, is it readable?", e);
        }
    }

    private static boolean isKey(Path file) {
        var name = file.getFileName().toString();
        return !name.startsWith(".") && name.endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    private static HmacKey key(Path file) {
        try {
            return new HmacKey(decode(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the key file " + file, e);
        } catch (IllegalArgumentException e) {
            // Without the cause: what the decoder says quotes the content.
            throw new IllegalArgumentException("The key file " + file + " must hold base64url of at least "
                    + HmacKey.MIN_OCTETS + " random octets and nothing else");
        }
    }

    private static byte[] decode(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_OCTETS) {
            throw new IllegalArgumentException("too long");
        }
        // `openssl rand -base64 32` writes the other alphabet; both say the same octets.
        var text = Files.readString(file, US_ASCII).strip().replace('+', '-').replace('/', '_');
        return Base64.getUrlDecoder().decode(text);
    }
}
