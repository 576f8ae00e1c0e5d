package dev.authmail.template;

import dev.authmail.template.TemplateFolder.Stamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The library, kept up with the user's folder. Changed files are taken up when two looks in a row, a second or more
 * apart, find them alike: nobody mails from a file that is still being written.
 */
final class LiveTemplates {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final @Nullable TemplateFolder folder;
    private final ZoneId zone;
    private final Clock clock;
    private final Map<String, String> shipped = ShippedTemplates.read();
    private final ReentrantLock looking = new ReentrantLock();
    private Map<String, Stamp> loaded = Map.of();
    private @Nullable Map<String, Stamp> lastSeen;
    private volatile Instant lastLook;
    private volatile @Nullable String folderProblem;
    private volatile TemplateLibrary library;

    LiveTemplates(@Nullable TemplateFolder folder, ZoneId zone, Clock clock) {
        this.folder = folder;
        this.zone = zone;
        this.clock = clock;
        this.lastLook = clock.instant();
        try {
            loaded = folder == null ? Map.of() : folder.list();
            library = TemplateLibrary.load(texts(loaded), zone, null);
        } catch (IOException e) {
            throw new IllegalArgumentException("The template folder " + folder + " cannot be read: " + reason(e), e);
        }
    }

    /** The library of now. One thread looks at the folder, the others go on with what there is. */
    TemplateLibrary library() {
        if (folder != null && isTimeToLook() && looking.tryLock()) {
            try {
                look(folder);
            } finally {
                looking.unlock();
            }
        }
        return library;
    }

    private boolean isTimeToLook() {
        return Duration.between(lastLook, clock.instant()).abs().compareTo(BETWEEN_LOOKS) >= 0;
    }

    private void look(TemplateFolder folder) {
        lastLook = clock.instant();
        try {
            Map<String, Stamp> seen = folder.list();
            if (!seen.equals(loaded) && seen.equals(lastSeen)) {
                takeUp(folder, seen);
            }
            lastSeen = seen;
            folderProblem = null;
        } catch (IOException e) {
            folderProblem = "The template folder " + folder + " cannot be read: " + reason(e);
        }
    }

    private void takeUp(TemplateFolder folder, Map<String, Stamp> seen) throws IOException {
        Map<String, String> texts = texts(seen);
        // A file that changed while it was read is left to the next look.
        if (folder.list().equals(seen)) {
            library = TemplateLibrary.load(texts, zone, library);
            loaded = seen;
        }
    }

    private Map<String, String> texts(Map<String, Stamp> files) throws IOException {
        Map<String, String> texts = new HashMap<>(shipped);
        for (String name : files.keySet()) {
            if (folder != null && isTemplate(name)) {
                texts.put(name, folder.read(name));
            }
        }
        return texts;
    }

    /** What is wrong with the files as they stand now, one sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(library().problems());
        Optional.ofNullable(folderProblem).ifPresent(problems::add);
        return List.copyOf(problems);
    }

    private static boolean isTemplate(String name) {
        return name.endsWith(".ftl") || name.endsWith(".ftlh");
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : String.valueOf(e.getMessage());
    }
}
