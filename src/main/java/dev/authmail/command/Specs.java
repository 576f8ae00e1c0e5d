package dev.authmail.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The spec that picocli sets before it runs a command. */
final class Specs {
    private Specs() {}

    static CommandSpec of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's spec before it runs it");
        }
        return spec;
    }
}
