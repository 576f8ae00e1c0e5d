package dev.authmail.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Lines in, lines out, in the same order; what waits for the network waits at once. */
final class Batch {
    private static final int AT_ONCE = 32;

    private final PrintWriter out;
    private final Deque<Future<Answer>> waiting = new ArrayDeque<>();
    private boolean allFine = true;

    private Batch(PrintWriter out) {
        this.out = out;
    }

    /** What is printed for a line, and whether all was well. */
    record Answer(String line, boolean fine) {}

    /** Answers each line that is not blank; true when all were well. */
    static boolean run(InputStream in, PrintWriter out, Function<String, Answer> question) throws IOException {
        return new Batch(out).run(in, question);
    }

    private boolean run(InputStream in, Function<String, Answer> question) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    String text = line;
                    waiting.add(threads.submit(() -> question.apply(text)));
                    print(AT_ONCE);
                }
            }
            print(0);
        }
        return allFine;
    }

    private void print(int mayWait) {
        while (waiting.size() > mayWait) {
            Answer answer = result(waiting.remove());
            out.println(answer.line());
            allFine &= answer.fine();
        }
        out.flush();
    }

    private static Answer result(Future<Answer> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a line could not be answered", failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw CommandFailure.notDone("stopped");
        }
    }
}
