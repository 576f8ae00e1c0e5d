package dev.authmail.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Notices of gateways: of whom they speak, and how bad it is. With a header, and pasted without one. */
class NoticeFormsTest {

    static Stream<Arguments> notices() {
        String all = new String(Bounces.octets("notices.txt"), UTF_8);
        return Arrays.stream(all.split("(?m)^=== ")).skip(1).map(block -> {
            String[] head = block.substring(0, block.indexOf('\n')).split(" \\| ");
            return Arguments.of(head[0], head[1], head[2], head[3], block.substring(block.indexOf('\n') + 1));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notices")
    void isRead(String name, String from, String subject, String expected, String text) {
        Bounce bounce = Bounces.read("Return-Path: <>\nFrom: " + from + "\nTo: hello@shop.example\nSubject: " + subject
                + "\nContent-Type: text/plain; charset=utf-8\n\n" + text);

        assertThat(bounce.kind()).isEqualTo(BounceKind.BOUNCE);
        assertThat(told(bounce)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notices")
    void isReadWithoutAHeader(String name, String from, String subject, String expected, String text) {
        Bounce bounce = Bounces.read(text);

        assertThat(bounce.kind()).isEqualTo(BounceKind.BOUNCE);
        assertThat(told(bounce)).isEqualTo(expected);
    }

    private static String told(Bounce bounce) {
        return bounce.recipients().stream()
                .map(r -> r.recipient() + " " + r.tier().code())
                .collect(Collectors.joining(", "));
    }
}
