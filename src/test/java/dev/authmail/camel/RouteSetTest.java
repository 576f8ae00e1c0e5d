package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteSetTest {
    private final AtomicInteger underWay = new AtomicInteger();
    private static final byte[] LATIN = {'#', (byte) 0xe9, '\n'};
    private static final String ROUTE = """
            - route:
                id: mine
                from:
                  uri: direct
                  parameters:
                    name: mine
                  steps:
                    - setBody:
                        expression:
                          constant:
                            expression: %s
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    @Test
    void aFileThatCannotBeReadIsToldOnceAndTheRoutesKeepRunning() throws Exception {
        RouteSet routes = running();
        Path file = Files.write(folder.resolve("latin.camel.yaml"), LATIN);

        assertThat(routes.refresh())
                .isEqualTo(new RouteSet.Change.Refused(List.of(file + " cannot be read: it is not UTF-8")));
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.None.class);
        assertThat(answer()).isEqualTo("one");

        Files.delete(file);
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.None.class);
        Files.write(file, LATIN);
        assertThat(routes.refresh()).as("broken anew").isInstanceOf(RouteSet.Change.Refused.class);
    }

    @Test
    void aChangeIsTakenUpAndABrokenOneIsNot() throws Exception {
        RouteSet routes = running();

        write(ROUTE.formatted("two"));
        assertThat(routes.refresh()).isEqualTo(new RouteSet.Change.TakenUp(List.of("mine.camel.yaml")));
        assertThat(answer()).isEqualTo("two");

        write(ROUTE.formatted("three").replace("setBody", "setBodi"));
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.Refused.class);
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.None.class);
        assertThat(answer()).isEqualTo("two");
    }

    @Test
    void aChangeWaitsForWhatIsUnderWay() throws Exception {
        RouteSet routes = running();
        write(ROUTE.formatted("two"));

        underWay.set(1);
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.Refused.class);
        assertThat(answer()).isEqualTo("one");

        underWay.set(0);
        assertThat(routes.refresh()).isInstanceOf(RouteSet.Change.TakenUp.class);
        assertThat(answer()).isEqualTo("two");
    }

    @Test
    void aFileThatCannotBeReadStopsTheStart() throws IOException {
        Files.write(folder.resolve("latin.camel.yaml"), LATIN);

        assertThatThrownBy(() -> new RouteSet(
                                context, new RouteFolder(List.of(), folder), underWay::get, Duration.ofMillis(200))
                        .load())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the route files cannot run")
                .hasMessageContaining("latin.camel.yaml cannot be read: it is not UTF-8");
    }

    private RouteSet running() throws Exception {
        write(ROUTE.formatted("one"));
        RouteSet routes =
                new RouteSet(context, new RouteFolder(List.of(), folder), underWay::get, Duration.ofMillis(200));
        routes.load();
        context.start();
        assertThat(answer()).isEqualTo("one");
        return routes;
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("mine.camel.yaml"), yaml);
    }

    private @Nullable Object answer() {
        return context.createProducerTemplate().requestBody("direct:mine", "");
    }
}
