package dev.authmail.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.authmail.command.ExplainedReply.Question;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.Route;
import dev.authmail.smtp.SmtpPhase;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Explains replies, one JSON object a line in, one a line out. A line that cannot be read becomes an error line. */
final class ExplainBatch {
    private static final int MAX_LINE = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ReplyClassifier classifier;

    ExplainBatch(ReplyClassifier classifier) {
        this.classifier = classifier;
    }

    /** Reads to the end and says whether every line could be read. */
    boolean run(InputStream in, PrintWriter out) throws IOException {
        BoundedLines lines = new BoundedLines(in, MAX_LINE);
        boolean allRead = true;
        for (int number = 1; lines.next(); number++) {
            ObjectNode answer = JSON.createObjectNode();
            try {
                describe(ExplainedReply.of(question(lines), classifier), answer);
            } catch (IllegalArgumentException unreadable) {
                allRead = false;
                answer.removeAll().put("line", number).put("error", unreadable.getMessage());
            }
            out.println(JSON.writeValueAsString(answer));
            if (lines.wouldWait()) {
                out.flush();
            }
        }
        out.flush();
        return allRead;
    }

    private static Question question(BoundedLines lines) {
        if (lines.isTooLong()) {
            throw new IllegalArgumentException("the line has more than " + MAX_LINE + " octets");
        }
        JsonNode json = json(new String(lines.line(), UTF_8));
        return new Question(
                text(json, "reply").orElseThrow(() -> new IllegalArgumentException("reply is missing")),
                text(json, "mx"),
                text(json, "phase").map(p -> ReplyWords.of(SmtpPhase.class, "phase", p)),
                text(json, "route").map(r -> ReplyWords.of(Route.class, "route", r)));
    }

    private static JsonNode json(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException notJson) {
            // What the parser says quotes the line.
            throw new IllegalArgumentException("not JSON", notJson);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return Optional.of(value.asString()).filter(text -> !text.isBlank());
    }

    private static void describe(ExplainedReply explained, ObjectNode answer) {
        answer.put("rule", explained.rule());
        explained.explanation().ifPresent(e -> {
            answer.put("fault", e.finding().fault().code());
            answer.put("scope", e.finding().scope().code());
        });
        answer.put("action", explained.action());
        answer.put("tier", explained.tier().code());
        answer.put("userState", explained.userState());
        explained
                .decision()
                .filter(d -> d.atLeast().isPositive())
                .ifPresent(d -> answer.put("waitSeconds", d.atLeast().toSeconds()));
    }
}
