package dev.authmail.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The user's own reply rules: every {@code *.yaml} of a folder, in the order of their names. */
final class RuleFolder {
    private RuleFolder() {}

    static ReplyRules read(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<ReplyRules> files = entries.filter(RuleFolder::isRuleFile)
                    .sorted()
                    .map(RuleFolder::readFile)
                    .toList();
            return files.stream()
                    .reduce(ReplyRules::then)
                    .map(ReplyRules::eachCanDecide)
                    .orElseThrow(() -> new IllegalArgumentException(folder + " holds no file *.yaml"));
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read as a folder of reply rules", e);
        }
    }

    private static boolean isRuleFile(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".yaml") && !name.startsWith(".");
    }

    private static ReplyRules readFile(Path file) {
        try {
            return ReplyRules.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }
}
