package dev.authmail.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouteTrialTest {
    private static final String GOOD = """
            - routeConfiguration:
                id: failures
                errorHandler:
                  noErrorHandler: {}
            - route:
                id: receive
                routeConfigurationId: failures
                from:
                  uri: kafka
                  parameters:
                    topic: "{{topic.in}}"
                  steps:
                    - process:
                        ref: step
                    - to:
                        uri: direct
                        parameters:
                          name: publish
            - route:
                id: publish
                from:
                  uri: direct
                  parameters:
                    name: publish
                  steps:
                    - to:
                        uri: kafka
                        parameters:
                          topic: "{{topic.out}}"
            """;

    private final DefaultCamelContext live = new DefaultCamelContext();

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.setProperty("topic.in", "in");
        properties.setProperty("topic.out", "out");
        live.getPropertiesComponent().setInitialProperties(properties);
        live.getRegistry().bind("step", (Processor) exchange -> {});
        live.start();
    }

    @AfterEach
    void stop() throws IOException {
        live.close();
    }

    @Test
    void filesThatCanRunHaveNoProblemAndTouchNothing() {
        assertThat(problems(GOOD)).isEmpty();
        assertThat(live.getRoutes()).isEmpty();
        assertThat(live.getComponentNames()).doesNotContain("kafka");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("id: receive", "id: [receive", "mine.camel.yaml", "no YAML"),
                Arguments.of("    steps:", "   steps:", "expected <block end>, but found", "a step out of line"),
                Arguments.of("    - process:", "    - proces:", "proces", "a step that is misspelled"),
                Arguments.of("ref: step", "ref: stepp", "stepp", "a bean that is not there"),
                Arguments.of("{{topic.in}}", "{{topic.inn}}", "topic.inn", "a setting that is not there"),
                Arguments.of("{{topic.out}}", "{{topic.outt}}", "topic.outt", "the same at the other end"),
                Arguments.of("topic: \"{{topic.out}}\"", "topicc: x", "topic is required", "an option that is missing"),
                Arguments.of(
                        "topic: \"{{topic.out}}\"",
                        "topic: x\n          groupIdd: y",
                        "groupIdd",
                        "an option that is misspelled"),
                Arguments.of("uri: kafka", "uri: kafkaa", "kafkaa", "a component that is not there"),
                Arguments.of(
                        "name: publish\n- route",
                        "name: publishh\n- route",
                        "route receive sends to direct:publishh, which no route reads",
                        "a route that is not there"),
                Arguments.of(
                        "routeConfigurationId: failures",
                        "routeConfigurationId: failure",
                        "route receive names the route configuration failure, which is in no file; there are [failures]",
                        "a configuration that is not there"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("broken")
    void aBrokenEditIsToldInWords(String right, String wrong, String told, String reason) {
        String edited = GOOD.replace(right, wrong);
        assertThat(edited).as("the edit").isNotEqualTo(GOOD);

        assertThat(problems(edited)).as(reason).isNotEmpty().anyMatch(problem -> problem.contains(told));
        assertThat(live.getRoutes()).isEmpty();
    }

    @Test
    void twoRoutesOfOneIdAreRefusedWithTheirPlaces() {
        String other = """
                - route:
                    id: publish
                    from:
                      uri: direct
                      parameters:
                        name: other
                      steps:
                        - process:
                            ref: step
                """;

        assertThat(new RouteTrial(live)
                        .problems(List.of(
                                new RouteFile("a.camel.yaml", GOOD, "the jar's a.camel.yaml"),
                                new RouteFile("b.camel.yaml", other, "/routes/b.camel.yaml"))))
                .containsExactly("the route id publish stands in the jar's a.camel.yaml and in /routes/b.camel.yaml");
    }

    @Test
    void routesMayBeSpreadOverFiles() {
        int cut = GOOD.indexOf("- route:\n    id: publish");

        assertThat(new RouteTrial(live)
                        .problems(List.of(
                                new RouteFile("a.camel.yaml", GOOD.substring(0, cut), "a"),
                                new RouteFile("b.camel.yaml", GOOD.substring(cut), "b"))))
                .isEmpty();
    }

    private List<String> problems(String yaml) {
        return new RouteTrial(live)
                .problems(List.of(new RouteFile("mine.camel.yaml", yaml, "/routes/mine.camel.yaml")));
    }
}
