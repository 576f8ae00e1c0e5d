package dev.authmail.command;

import dev.authmail.delivery.Decision;
import dev.authmail.delivery.Explanation;
import dev.authmail.delivery.RetrySchedule;
import dev.authmail.delivery.SmtpText;
import dev.authmail.smtp.SmtpReply;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is made of one reply, for people. */
final class ReplyPage {
    private ReplyPage() {}

    static void print(ExplainedReply explained, RetrySchedule schedule, PrintWriter out) {
        SmtpReply reply = explained.pasted().reply();
        line(out, "reply", reply.code() + " " + SmtpText.redact(reply.text()));
        if (!explained.pasted().coded()) {
            line(out, "", "(it holds no reply code: read as " + reply.code() + ")");
        }
        line(out, "asked as", asked(explained));
        line(out, "rule", rule(explained));
        explained.explanation().ifPresent(e -> {
            line(out, "because", e.because().isEmpty() ? "nothing else matched" : String.join(", ", because(e)));
            line(out, "fault", e.finding().fault().code());
            line(out, "scope", e.finding().scope().code() + ": " + scope(e));
        });
        line(out, "action", explained.action() + ": " + action(explained, schedule));
        line(out, "tier", explained.tier().code());
        line(out, "userState", explained.userState());
        explained
                .decision()
                .filter(d -> d.atLeast().isPositive())
                .ifPresent(
                        d -> line(out, "wait", wait(d, explained.explanation().orElseThrow())));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.printf("%-10s %s%n", name, value);
    }

    private static String asked(ExplainedReply explained) {
        return ReplyWords.word(explained.route()) + ", " + ReplyWords.word(explained.phase()) + ", "
                + (explained.host().isEmpty() ? "any server (--mx HOST says which)" : explained.host());
    }

    private static String rule(ExplainedReply explained) {
        return explained.rule()
                + explained
                        .explanation()
                        .flatMap(Explanation::source)
                        .map(source -> "  " + source)
                        .orElse("");
    }

    private static List<String> because(Explanation explanation) {
        List<String> because = new ArrayList<>(
                explanation.because().stream().map(SmtpText::redact).toList());
        if (!explanation.known()) {
            because.add("and no rule knows this text");
        }
        return because;
    }

    private static String scope(Explanation explanation) {
        return switch (explanation.finding().scope()) {
            case ADDRESS -> "the recipient's address";
            case DOMAIN -> "the recipient's domain";
            case MESSAGE -> "this message";
            case OUR_IP -> "the address we send from";
            case OUR_DOMAIN -> "the domain we send from";
            case RELAY -> "the relay, or our account there";
            case HOST -> "this server alone";
        };
    }

    private static String action(ExplainedReply explained, RetrySchedule schedule) {
        if (explained.decision().isEmpty()) {
            return "the server took the mail";
        }
        Decision decision = explained.decision().get();
        return switch (decision.step()) {
            case NEXT -> "the next hop at once; later when there is none";
            case LATER ->
                "again in tier " + schedule.tier(1, decision).name() + " after a first attempt"
                        + (explained.pasted().reply().isPermanent() ? "; a relay not yet tried is tried at once" : "");
            case GIVE_UP ->
                decision.suppress()
                        ? "dead letter; the address gets no more mail"
                        : "dead letter; the address is not suppressed";
            case DONE -> "the server took the mail";
            case UNCONFIRMED -> "later, at the same hop alone";
        };
    }

    private static String wait(Decision decision, Explanation explanation) {
        Duration wait = decision.atLeast();
        String words = wait.toSeconds() % 60 == 0 ? wait.toMinutes() + "m" : wait.toSeconds() + "s";
        return words + " at least, " + (explanation.waitAsked() ? "as the server asks" : "as the rule says");
    }
}
