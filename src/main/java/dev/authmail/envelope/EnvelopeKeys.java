package dev.authmail.envelope;

import dev.authmail.keys.HmacKey;
import dev.authmail.keys.KeyFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The keys of envelope tokens, numbered 0 to 15: the greatest number signs, all are read. */
public final class EnvelopeKeys {
    private static final int MAX_NUMBER = 15;
    private static final Pattern NUMBER = Pattern.compile("[0-9]|1[0-5]");

    private final TreeMap<Integer, HmacKey> keys;

    /** @param keys by number, at least one */
    public EnvelopeKeys(Map<Integer, HmacKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("There is no envelope key: make one with `authmail keygen envelope`");
        }
        this.keys = new TreeMap<>(keys);
        if (this.keys.firstKey() < 0 || this.keys.lastKey() > MAX_NUMBER) {
            throw new IllegalArgumentException("Envelope keys are numbered 0 to " + MAX_NUMBER);
        }
    }

    /**
     * The keys of a folder, see {@link KeyFolder}: {@code 0.key} to {@code 15.key}.
     *
     * @throws IllegalArgumentException when a key cannot be read or is misnamed, or there is none
     */
    public static EnvelopeKeys read(Path folder) {
        var keys = new TreeMap<Integer, HmacKey>();
        KeyFolder.read(folder).forEach((name, key) -> keys.put(number(folder, name), key));
        return new EnvelopeKeys(keys);
    }

    private static int number(Path folder, String name) {
        if (!NUMBER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "An envelope key must be named 0.key to 15.key: rename " + folder.resolve(name + ".key"));
        }
        return Integer.parseInt(name);
    }

    /** The number of the key that signs. */
    int newest() {
        return keys.lastKey();
    }

    Optional<HmacKey> find(int number) {
        return Optional.ofNullable(keys.get(number));
    }

    /** The numbers alone. */
    @Override
    public String toString() {
        return "EnvelopeKeys" + keys.keySet();
    }
}
