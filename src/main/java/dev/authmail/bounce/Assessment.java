package dev.authmail.bounce;

import dev.authmail.delivery.BounceTier;
import dev.authmail.delivery.Explanation;
import dev.authmail.delivery.Finding;
import dev.authmail.delivery.QuotedReply;
import dev.authmail.delivery.ReplyClassifier;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.delivery.Route;
import dev.authmail.delivery.UserState;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what evidence means, by the table that live replies are decided with and, for words without a reply, by another. */
final class Assessment {
    // RFC 3463 §2; not a part of an IPv4 address or a version.
    private static final Pattern STATUS =
            Pattern.compile("(?<![\\w.])(?<!\\D-)([245]\\.\\d{1,3}\\.\\d{1,3})(?!\\w|\\.\\d|-\\d)");
    private static final Pattern VAGUE = Pattern.compile("[245]\\.0\\.0|4\\.4\\.7");
    // RFC 3463 §3.2, §3.3.
    private static final Pattern ABOUT_ADDRESS = Pattern.compile("[45]\\.(1\\.[1236]|2\\.[12])");
    private static final Pattern REFUSAL = Pattern.compile(
            "(?<![\\w.\\[/:@-])([45]\\d\\d)(?:[ -]#?['\"]?[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.])|[ -](?=[\\p{L}<\\[\"'{*#(:]))");
    private static final Pattern OWN_STATUS =
            Pattern.compile("(?<![\\w.])[45]\\d\\d[ -]#?['\"]?([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\w]|\\.\\d)");
    private static final Pattern NEXT_COMMAND =
            Pattern.compile("\\s(?:>>>|<<<|-->|<--|-{3,}|In:|Out:|Message details:|Giving up on)(?=\\s)");
    // Queues that give up quote the last answer they had.
    private static final Pattern LAST_ANSWER =
            Pattern.compile("(?i)(?:expired|unable to deliver|too long).{0,200}<([45]\\d\\d [^<>]{1,500})>");
    // Sendmail ends so what a program said that delivers for it: that is the reason, this is not.
    private static final Pattern SUMMARY = Pattern.compile(
            "(?i)\\b55\\d (?:5\\.\\d{1,3}\\.\\d{1,3} )?(?:<[^<>]{3,300}>\\.\\.\\. )?service unavailable\\s*$");

    private final ReplyClassifier replies;
    private final ReplyClassifier words;

    /** One text and what it would mean. */
    private record Reading(String text, SmtpReply reply, Explanation explanation, boolean coded) {
        boolean known() {
            return explanation.known();
        }

        /** The code that stands in the text; a status alone has none. */
        OptionalInt replyCode() {
            return coded && text.contains(Integer.toString(reply.code()))
                    ? OptionalInt.of(reply.code())
                    : OptionalInt.empty();
        }
    }

    /**
     * @param replies says what replies mean
     * @param words says what words mean that no server's reply is
     */
    private Assessment(ReplyClassifier replies, ReplyClassifier words) {
        this.replies = replies;
        this.words = words;
    }

    /** By the table that live replies are decided with, and the shipped one for words. */
    static Assessment by(ReplyRules replies) {
        return new Assessment(
                new ReplyClassifier(replies),
                new ReplyClassifier(BounceWords.shipped().then(replies)));
    }

    ReportedRecipient of(Evidence evidence, DeliveryAction action) {
        if (action.isSuccess()) {
            return new ReportedRecipient(
                    evidence.recipient(),
                    evidence.original(),
                    action,
                    evidence.status().or(() -> statusIn(STATUS, evidence.diagnostic())),
                    OptionalInt.empty(),
                    "",
                    null,
                    BounceTier.DELIVERED,
                    UserState.SENT,
                    false,
                    "");
        }
        Reading reading = telling(evidence, action);
        boolean permanent = action == DeliveryAction.FAILED && reading.reply().isPermanent();
        Finding finding = reading.explanation().finding();
        return new ReportedRecipient(
                evidence.recipient(),
                evidence.original(),
                action,
                status(evidence, reading),
                reading.replyCode(),
                finding.rule(),
                finding.fault(),
                BounceTier.of(permanent, finding),
                state(action, permanent, finding),
                permanent && finding.suppress(),
                reading.text());
    }

    /** As of an attempt of ours that failed for a time: a full mailbox is the one thing that the user can do something about. */
    private static UserState state(DeliveryAction action, boolean permanent, Finding finding) {
        if (permanent || finding.finalState() == UserState.MAILBOX_FULL) {
            return finding.finalState();
        }
        return action == DeliveryAction.DELAYED ? UserState.DELAYED : UserState.OUR_FAULT;
    }

    /**
     * What is the most telling: an answer that a rule knows, then a status that says enough, then words that a rule knows;
     * else an answer that nobody knows.
     */
    private Reading telling(Evidence evidence, DeliveryAction action) {
        Optional<Reading> diagnostic = Optional.of(evidence.diagnostic())
                .filter(text -> !text.isEmpty())
                .map(text -> read(text, evidence, action));
        // Rules are many and texts long: none is read that is not asked for.
        if (diagnostic.filter(Reading::known).isPresent()) {
            return diagnostic.get();
        }
        List<Reading> texts = evidence.texts().stream()
                .map(text -> read(text, evidence, action))
                .toList();
        Optional<Reading> status = evidence.status().map(text -> word(text, evidence, action));
        return texts.stream()
                .filter(r -> r.coded() && r.known())
                .findFirst()
                .or(() -> status.filter(Reading::known))
                .or(() -> texts.stream().filter(Reading::known).findFirst())
                .or(() -> diagnostic.filter(Reading::coded))
                .or(() -> texts.stream().filter(Reading::coded).findFirst())
                .or(() -> status)
                .or(() -> diagnostic)
                .or(() -> texts.stream().findFirst())
                .orElseGet(() -> word("no reason was given", evidence, action));
    }

    private Reading read(String text, Evidence evidence, DeliveryAction action) {
        Matcher summary = SUMMARY.matcher(text);
        return Optional.of(summary)
                .filter(Matcher::find)
                .map(m -> quoted(text.substring(0, m.start()), evidence, action))
                .filter(Reading::known)
                .orElseGet(() -> quoted(text, evidence, action));
    }

    /** What a server answered, if the text quotes it; else what the words mean. */
    private Reading quoted(String text, Evidence evidence, DeliveryAction action) {
        Matcher last = LAST_ANSWER.matcher(text);
        String said = last.find() ? last.group(1) : text;
        Matcher refusal = REFUSAL.matcher(said);
        // What stands before the answer speaks of other things, such as how to reach the postmaster.
        boolean refused = refusal.find();
        String answer = refused ? upToNextCommand(said.substring(refusal.start(1))) : said;
        QuotedReply quoted = QuotedReply.parse(answer);
        if (!quoted.coded() || quoted.reply().isPositive()) {
            return word(text, evidence, action);
        }
        Optional<SmtpPhase> phase =
                quoted.phase().or(() -> QuotedReply.parse(said).phase());
        Optional<String> host = quoted.host().or(() -> QuotedReply.parse(said).host());
        Reading reading = answer(
                text,
                quoted.reply(),
                phase.orElseGet(() -> phase(evidence)),
                evidence.host().isEmpty() ? host.orElse("") : evidence.host());
        return refused ? reading : byStatus(text, evidence, action).orElse(reading);
    }

    /** Where a status about the address stands among words and no answer is quoted, the words are the gateway's excuses. */
    private Optional<Reading> byStatus(String text, Evidence evidence, DeliveryAction action) {
        return statusIn(STATUS, text)
                .filter(s -> ABOUT_ADDRESS.matcher(s).matches())
                .map(s -> word(s, evidence, action))
                .map(r -> new Reading(text, r.reply(), r.explanation(), true));
    }

    /** What a transcript goes on with is about another command. */
    private static String upToNextCommand(String answer) {
        Matcher next = NEXT_COMMAND.matcher(answer);
        return next.find() ? answer.substring(0, next.start()) : answer;
    }

    /** A server's answer; when it says nothing, the words around it may. */
    private Reading answer(String text, SmtpReply reply, SmtpPhase phase, String host) {
        Reading plain = new Reading(text, reply, replies.explain(Route.DIRECT, phase, host, reply), true);
        if (plain.known()) {
            return plain;
        }
        return Stream.of(reply, new SmtpReply(reply.code(), List.of(text)))
                .map(r -> new Reading(text, r, words.explain(Route.DIRECT, phase, host, r), true))
                .filter(Reading::known)
                .findFirst()
                .orElse(plain);
    }

    /** Words that are no answer; the status that the report gives stands before them, as it would in one. */
    private Reading word(String text, Evidence evidence, DeliveryAction action) {
        boolean permanent = evidence.status()
                .map(s -> s.startsWith("5"))
                .orElseGet(() -> action == DeliveryAction.FAILED
                        && QuotedReply.parse(text).reply().isPermanent());
        String said = evidence.status()
                .filter(s -> !s.equals(text))
                .map(s -> s + " " + text)
                .orElse(text);
        SmtpReply reply = new SmtpReply(permanent ? 550 : 450, List.of(said));
        return new Reading(text, reply, words.explain(Route.DIRECT, phase(evidence), evidence.host(), reply), false);
    }

    /** What the answer answered, where some text tells; else RCPT, where most mail is refused. */
    private static SmtpPhase phase(Evidence evidence) {
        return Stream.concat(Stream.of(evidence.diagnostic()), evidence.texts().stream())
                .flatMap(text -> QuotedReply.parse(text).phase().stream())
                .findFirst()
                .orElse(SmtpPhase.RCPT);
    }

    /** The report's own field, unless it says less than the answer that it quotes, or another thing than that. */
    private static Optional<String> status(Evidence evidence, Reading reading) {
        Optional<String> field = evidence.status();
        Optional<String> own = statusIn(OWN_STATUS, reading.text());
        boolean contradicts = own.isPresent()
                && field.isPresent()
                && own.get().charAt(0) != field.get().charAt(0);
        boolean saysLess = own.isPresent()
                && field.isPresent()
                && field.get().endsWith(".0")
                && !own.get().endsWith(".0");
        if (field.isPresent() && !VAGUE.matcher(field.get()).matches() && !contradicts && !saysLess) {
            return field;
        }
        List<String> said = Stream.concat(
                        own.stream(),
                        Stream.concat(Stream.of(reading.text(), evidence.diagnostic()), evidence.texts().stream())
                                .flatMap(text -> statusIn(STATUS, text).stream()))
                .toList();
        return said.stream()
                .filter(s -> !VAGUE.matcher(s).matches())
                .findFirst()
                .or(() -> field)
                .or(() -> said.stream().findFirst());
    }

    private static Optional<String> statusIn(Pattern form, String text) {
        Matcher last = LAST_ANSWER.matcher(text);
        Matcher m = form.matcher(last.find() ? last.group(1) : text);
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }
}
