package dev.authmail.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpareBuffersTest {
    private final SpareBuffers buffers = new SpareBuffers();

    @Test
    void whatWasGivenBackIsTakenAgainForTheSamePart() {
        char[] text = buffers.take(Part.TEXT);
        buffers.giveBack(Part.TEXT, text);

        assertThat(buffers.take(Part.HTML)).isNotSameAs(text);
        assertThat(buffers.take(Part.TEXT)).isSameAs(text);
        assertThat(buffers.take(Part.TEXT)).as("nobody else gets it").isNotSameAs(text);
    }

    @Test
    void aBufferThatWasWrittenIntoBeforeShowsNothingOfIt() throws IOException {
        BoundedWriter first = new BoundedWriter(Part.TEXT.maxChars(), buffers.take(Part.TEXT));
        first.write("https://app.example.jp/verify?sig=secret".repeat(100));
        buffers.giveBack(Part.TEXT, first.buffer());

        BoundedWriter second = new BoundedWriter(Part.TEXT.maxChars(), buffers.take(Part.TEXT));
        second.write("short");

        assertThat(second.buffer()).isSameAs(first.buffer());
        assertThat(second).hasToString("short");
    }

    @Test
    void theLimitHoldsInABufferThatIsLonger() throws IOException {
        BoundedWriter out = new BoundedWriter(10, new char[1024]);
        out.write("0123456789");

        assertThatThrownBy(() -> out.write("x")).isInstanceOf(BoundedWriter.TooLongException.class);
        assertThat(out).hasToString("0123456789");
    }

    @Test
    void noTwoWritersHaveOneBuffer() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> write(Character.forDigit(writer, 10))))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    private Void write(char mark) throws IOException {
        for (int i = 0; i < 20_000; i++) {
            BoundedWriter out = new BoundedWriter(Part.TEXT.maxChars(), buffers.take(Part.TEXT));
            out.write(Character.toString(mark).repeat(50));
            Set<Integer> written = new HashSet<>(out.toString().chars().boxed().toList());
            buffers.giveBack(Part.TEXT, out.buffer());
            assertThat(written).containsExactly((int) mark);
        }
        return null;
    }
}
