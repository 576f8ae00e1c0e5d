package dev.authmail.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What README's first command shows. */
@ExtendWith(OutputCaptureExtension.class)
class DemoIT {
    @Test
    void everySampleEndsAsItShould(CapturedOutput output) throws Exception {
        assertThat(Demo.run("--demo.exit=true")).as("%s", output).isZero();

        assertThat(output)
                .contains("Hanako, Japanese", "accepted   relay  localhost[127.0.0.1]", "TLSv1.3")
                .contains("rejected, fault recipient", "show \"address-unknown\"")
                .contains("an event without email   failed     invalid-event")
                .contains("The relay stops", "accepted   direct mx1.good.test[127.0.0.2]")
                .contains("Grey, greylisted once    deferred")
                .contains("All 8 ended as they should");
        try (Stream<Path> mails = Files.list(Path.of("target/demo/mails"))) {
            assertThat(mails).hasSize(5);
        }
    }
}
