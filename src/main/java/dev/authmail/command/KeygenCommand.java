package dev.authmail.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code authmail keygen}: makes each kind of key, each use its own, and says what to do with it. */
@Command(
        name = "keygen",
        description = "Makes keys (files with mode 0600, never overwritten) and prints the DNS records to publish.",
        mixinStandardHelpOptions = true)
public final class KeygenCommand implements Runnable {
    private static final int SECRET_OCTETS = 32;
    private static final int MAX_ENVELOPE_NUMBER = 15;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy-MM", Locale.ROOT);

    private final SecureRandom random;
    private final Clock clock;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * @param random where every key comes from
     * @param clock which month a key is named after
     */
    public KeygenCommand(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec().commandLine(),
                "Say which key: keygen dkim, keygen url, keygen code, keygen envelope or keygen suppression");
    }

    @Command(
            name = "dkim",
            description = {
                "Makes DKIM keys and prints their DNS records.",
                "With both algorithms there are two selectors, S-rsa and S-ed25519; a selector names one key.",
                "The files are named after the selectors: SELECTOR.pem (PKCS#8)."
            },
            mixinStandardHelpOptions = true)
    int dkim(
            @Option(names = "--domain", required = true, description = "The domain that signs (d=).") String domain,
            @Option(names = "--selector", required = true, description = "The selector (s=).") String selector,
            @Option(
                            names = "--algorithm",
                            defaultValue = "both",
                            description = "rsa (2048 bits), ed25519 or both; default: ${DEFAULT-VALUE}.")
                    String algorithm,
            @Option(names = "--dir", defaultValue = ".", description = "Where the files go; default: here.") Path dir) {
        DkimKeyChoice choice = DkimKeyChoice.of(algorithm)
                .orElseThrow(() -> new ParameterException(
                        spec().commandLine(), "--algorithm " + algorithm + " is not rsa, ed25519 or both"));
        return written(() -> new DkimKeys(random, new KeyFolder(dir)).make(domain, selector, choice, out()));
    }

    @Command(name = "url", description = "Makes a key that signs auth URLs.", mixinStandardHelpOptions = true)
    int url(
            @Option(names = "--kid", description = "The key's name in URLs; default: the month, yyyy-MM.") @Nullable
                    String kid,
            @Option(names = "--dir", defaultValue = ".", description = "Where the file goes; default: here.")
                    Path dir) {
        return secret(dir, name(kid), """
                Give this file to authmail and to the application that verifies the links, and to nobody else.
                The newest key signs, all keys verify: deploy it to the application first, then to authmail.
                Remove the old one when its last link has expired.""");
    }

    @Command(
            name = "code",
            description = "Makes a key for the codes beside auth URLs.",
            mixinStandardHelpOptions = true)
    int code(
            @Option(names = "--kid", description = "The key's name; default: the month, yyyy-MM.") @Nullable String kid,
            @Option(names = "--dir", defaultValue = ".", description = "Where the file goes; default: here.")
                    Path dir) {
        return secret(dir, name(kid), """
                Give this file to authmail and to the application that verifies the codes, and to nobody else.
                The newest key makes codes, all keys verify: deploy it to the application first, then to authmail.
                Remove the old one when its last code has expired: with each key more, a guess is likelier.""");
    }

    @Command(
            name = "envelope",
            description = "Makes a key for the token of envelope senders.",
            mixinStandardHelpOptions = true)
    int envelope(
            @Option(names = "--number", defaultValue = "0", description = "0 to 15; default: ${DEFAULT-VALUE}.")
                    int number,
            @Option(names = "--dir", defaultValue = ".", description = "Where the file goes; default: here.")
                    Path dir) {
        if (number < 0 || number > MAX_ENVELOPE_NUMBER) {
            throw new ParameterException(spec().commandLine(), "--number " + number + " is not from 0 to 15");
        }
        return secret(dir, Integer.toString(number), """
                Give this file to every replica of authmail. Bounces come back for days:
                keep the old key beside the new one for a fortnight.""");
    }

    @Command(
            name = "suppression",
            description = "Makes a key under which suppressed addresses are hashed.",
            mixinStandardHelpOptions = true)
    int suppression(
            @Option(names = "--kid", description = "The key's name in the topic; default: the month, yyyy-MM.")
                    @Nullable
                    String kid,
            @Option(names = "--dir", defaultValue = ".", description = "Where the file goes; default: here.")
                    Path dir) {
        return secret(dir, name(kid), """
                Give this file to every replica of authmail. Keep old keys until the entries made with them expire:
                without its key an entry no longer keeps a mail back.""");
    }

    private int secret(Path dir, String name, String advice) {
        return written(() -> {
            byte[] key = new byte[SECRET_OCTETS];
            random.nextBytes(key);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n";
            out().println("Key:  " + new KeyFolder(dir).write(name + ".key", text));
            out().println(advice);
        });
    }

    private String name(@Nullable String kid) {
        String name = Optional.ofNullable(kid)
                .orElseGet(() -> clock.instant().atZone(ZoneOffset.UTC).format(MONTH));
        if (!name.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new ParameterException(
                    spec().commandLine(), "--kid " + name + " is not 1 to 32 letters, digits, hyphens or underscores");
        }
        return name;
    }

    private interface Writing {
        void run() throws IOException;
    }

    private int written(Writing writing) {
        try {
            writing.run();
            out().flush();
            return 0;
        } catch (FileAlreadyExistsException e) {
            return refused(e.getMessage() + " exists and is not overwritten: choose another name or move it away");
        } catch (IOException e) {
            return refused(
                    e.getClass() == IOException.class
                            ? e.getMessage()
                            : "no key was written: " + e.getMessage() + " cannot be made or written to ("
                                    + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int refused(@Nullable String why) {
        spec().commandLine().getErr().println(why);
        spec().commandLine().getErr().flush();
        return 1;
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's spec before it runs it");
        }
        return spec;
    }
}
