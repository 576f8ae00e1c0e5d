package dev.authmail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.mail.MailMessage;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mails of every odd shape that a composer may make. */
final class GeneratedMails {
    private static final List<String> PIECES = List.of(
            "a",
            "Hello, world",
            " ",
            "  ",
            "\t",
            "\r",
            "\r\r",
            ".",
            "..",
            ";",
            "b=",
            "=20",
            ":",
            "é",
            "日本語",
            "İı",
            "x".repeat(300));

    private final RandomGenerator random;
    private final boolean bareCr;

    /** @param bareCr whether bodies may hold a CR alone, which some verifiers take for a line end */
    GeneratedMails(RandomGenerator random, boolean bareCr) {
        this.random = random;
        this.bareCr = bareCr;
    }

    MailMessage next() {
        String header = "From: " + text(3, false) + " <a@b.example>\r\n"
                + "Subject:" + text(6, false) + (random.nextBoolean() ? "\r\n\t" + text(3, false) + "!" : "") + "\r\n"
                + (random.nextBoolean() ? "List-Unsubscribe: <https://b.example>\r\n" : "")
                + (random.nextBoolean() ? "X-Empty:\r\nX-Blank: \t \r\n" : "");
        return new MailMessage((header + "\r\n" + body()).getBytes(UTF_8));
    }

    private String body() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "\r\n".repeat(random.nextInt(4));
            case 2 -> "x".repeat(998) + "\r\n";
            default -> lines() + (random.nextBoolean() ? "no final line end" : "");
        };
    }

    private String lines() {
        return IntStream.range(0, random.nextInt(20))
                .mapToObj(i -> text(5, bareCr) + "\r\n")
                .collect(Collectors.joining());
    }

    private String text(int most, boolean cr) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .filter(piece -> cr || piece.indexOf('\r') < 0)
                .collect(Collectors.joining());
    }
}
