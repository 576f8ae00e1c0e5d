package dev.authmail.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs checks at once, each within its time. */
public final class Doctor {
    private final Duration limit;

    /** @param limit how long all checks together may take; what is not known by then is unknown */
    public Doctor(Duration limit) {
        this.limit = limit;
    }

    /**
     * Runs all checks.
     *
     * @param progress told of each check that has ended, from several threads
     * @return findings in the order of the checks
     */
    public List<Finding> examine(List<Check> checks, Consumer<Check> progress) {
        return examineEach(checks, progress).stream().flatMap(List::stream).toList();
    }

    /** The same, for each check apart. */
    List<List<Finding>> examineEach(List<Check> checks, Consumer<Check> progress) {
        long end = System.nanoTime() + limit.toNanos();
        List<List<Finding>> findings = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<List<Finding>>> running = new ArrayList<>();
            for (Check check : checks) {
                running.add(threads.submit(() -> {
                    List<Finding> found = check.run();
                    progress.accept(check);
                    return found;
                }));
            }
            for (int i = 0; i < checks.size(); i++) {
                findings.add(result(checks.get(i), running.get(i), end));
            }
        } finally {
            threads.shutdownNow();
        }
        return findings;
    }

    private List<Finding> result(Check check, Future<List<Finding>> running, long end) {
        try {
            return running.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return unknown(check, "it took longer than " + limit.toSeconds() + " s");
        } catch (ExecutionException broken) {
            return unknown(check, "the check itself failed: " + broken.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return unknown(check, "stopped");
        }
    }

    private static List<Finding> unknown(Check check, String why) {
        return List.of(Finding.unknown(check.name(), check.subject(), why));
    }
}
