package dev.authmail.delivery;

import dev.authmail.smtp.EnhancedStatusCode;
import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply as people paste it: as the server said it, or as a mail log or a bounce quotes it, with the server's name before
 * it and the phase after it.
 *
 * @param reply the reply itself
 * @param phase what it answers, if the text says so
 * @param host who said it, if the text says so
 * @param coded whether the text holds a reply code; without one 550 or 450 is taken
 */
public record QuotedReply(SmtpReply reply, Optional<SmtpPhase> phase, Optional<String> host, boolean coded) {
    private static final int MAX_TEXT = 4000;
    private static final int MAX_PREAMBLE = 500;
    private static final Pattern QUOTED = Pattern.compile(
            "(?i)(?:\\bsa(?:id|ys)(?: after [^:]{1,40})?:|\\brespon(?:se|ded)(?: was| with)?:|\\bx?-?(?:smtp|postfix|unix);|\\breplied:|\\bansw?ered:)\\s*(?=[245]\\d\\d[ -])");
    private static final Pattern AT_START = Pattern.compile("^\\W{0,5}([245]\\d\\d)(?:[ \\-:,]|$)\\s*+");
    private static final Pattern WITH_ENHANCED =
            Pattern.compile("(?<![\\w.])([245]\\d\\d)[ \\-]#?(?=[245]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]))");
    private static final Pattern INSIDE =
            Pattern.compile("(?<![\\w.\\[/:-])([245][0-5]\\d)[ -](?=[\\p{L}<\\[\"'{*#-])");
    // A greeting may begin with 220 and end otherwise.
    private static final Pattern REFUSAL = Pattern.compile("(?<![\\w.])[45]\\d\\d[ -][45]\\.\\d");
    private static final Pattern ENHANCED_ONLY =
            Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");
    private static final Pattern LATER = Pattern.compile(
            "(?i)try(?:ing)? again|retry|gr[ea]y-?list|\\bdeferr|temporar(?:y|ily)|timed? ?out|will be retried|delayed");
    // From here on: looked for in lower case.
    private static final Pattern SAID_BY = Pattern.compile("\\bhost ([a-z0-9][a-z0-9._-]{0,252}\\.[a-z]{2,24})[\\[( ]");
    private static final Pattern PHASE =
            Pattern.compile("(?:in reply to|after|in response to|\\bduring) (?:the )?(?:sending )?(?:your )?"
                    + "(end of data|data|rcpt[ _]to|mail[ _]from|helo|ehlo|starttls|auth|initial connection|greeting)"
                    + "|\\[(rcpt_to|mail_from|data)]|^.{0,40}\\b(rcpt to|mail from):?<");
    private static final Map<String, String> SIGNATURES = Map.of(
            " gsmtp", "mx.google.com",
            "support.google.com", "mx.google.com",
            ".prod.outlook.com", "mail.protection.outlook.com",
            ".protection.outlook.com", "mail.protection.outlook.com",
            "postmaster.yahooinc.com", "mta.yahoodns.net",
            "help.yahoo.com", "mta.yahoodns.net",
            "support.apple.com", "mx.mail.icloud.com");

    /** Reads a pasted text; never fails. */
    public static QuotedReply parse(String pasted) {
        String text = pasted.length() > MAX_TEXT ? pasted.substring(0, MAX_TEXT) : pasted;
        String lower = text.toLowerCase(Locale.ROOT);
        Optional<SmtpPhase> phase = phase(lower);
        Optional<String> host = host(lower);
        String said = said(text);
        for (Pattern form : List.of(AT_START, WITH_ENHANCED, INSIDE)) {
            Matcher code = form.matcher(said);
            if (code.find()
                    && !(code.group(1).startsWith("2") && REFUSAL.matcher(said).find(code.end()))) {
                return new QuotedReply(reply(code, said), phase, host, true);
            }
        }
        Matcher enhanced = ENHANCED_ONLY.matcher(said);
        boolean known = enhanced.find();
        boolean temporary =
                known ? enhanced.group(1).equals("4") : LATER.matcher(said).find();
        return new QuotedReply(new SmtpReply(temporary ? 450 : 550, lines(said, "")), phase, host, known);
    }

    /** What the server said, without who says that it did. */
    private static String said(String text) {
        if (AT_START.matcher(text).lookingAt()) {
            return text;
        }
        Matcher quoted = QUOTED.matcher(text);
        return quoted.find() && quoted.start() <= MAX_PREAMBLE ? text.substring(quoted.end()) : text;
    }

    private static SmtpReply reply(Matcher code, String said) {
        // What stands before a code in the middle of a text may say what the code does not: it stays, behind.
        String before = said.substring(0, code.start()).strip();
        String text = said.substring(code.end()) + (before.isEmpty() ? "" : "\n" + before);
        return new SmtpReply(Integer.parseInt(code.group(1)), lines(text, code.group(1)));
    }

    /** Lines without the code that each line of a reply begins with, also where they were joined. RFC 5321 §4.2.1. */
    private static List<String> lines(String text, String code) {
        String unjoined = text.stripLeading();
        Optional<EnhancedStatusCode> enhanced = EnhancedStatusCode.atStartOf(unjoined);
        if (enhanced.isPresent() && !code.isEmpty()) {
            unjoined = unjoined.replaceAll(
                    "\\s" + code + "[ -](?=" + Pattern.quote(enhanced.get().toString()) + ")", "\n");
        }
        List<String> lines = new ArrayList<>();
        for (String line : unjoined.split("\\R|\\\\r\\\\n|\\\\n")) {
            lines.add(code.isEmpty() ? line : line.replaceFirst("^\\s*" + code + "[ -]", ""));
        }
        return lines;
    }

    private static Optional<String> host(String lower) {
        Matcher said = SAID_BY.matcher(lower);
        if (said.find()) {
            return Optional.of(said.group(1));
        }
        return SIGNATURES.entrySet().stream()
                .filter(signature -> lower.contains(signature.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<SmtpPhase> phase(String lower) {
        Matcher m = PHASE.matcher(lower);
        if (!m.find()) {
            return Optional.empty();
        }
        String words =
                (m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3)).replace('_', ' ');
        return Optional.of(
                switch (words) {
                    case "end of data" -> SmtpPhase.DOT;
                    case "data" -> SmtpPhase.DATA;
                    case "mail from" -> SmtpPhase.MAIL;
                    case "helo", "ehlo" -> SmtpPhase.EHLO;
                    case "starttls" -> SmtpPhase.STARTTLS;
                    case "auth" -> SmtpPhase.AUTH;
                    case "initial connection", "greeting" -> SmtpPhase.GREETING;
                    default -> SmtpPhase.RCPT;
                });
    }
}
