package dev.authmail.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** One connection to a {@link ScriptedSmtpServer}: a small SMTP server that the script may interrupt anywhere. */
final class ScriptedSession {
    private final ScriptedSmtpServer server;
    private final Script script;
    private final SmtpPeer peer;
    private final int number;
    private boolean greeted;
    private boolean authenticated;
    private boolean over;
    private String mail;
    private String rcpt;
    private int mails;

    ScriptedSession(ScriptedSmtpServer server, Script script, SmtpPeer peer, int number) {
        this.server = server;
        this.script = script;
        this.peer = peer;
        this.number = number;
    }

    void run() throws IOException, InterruptedException {
        if (script.implicitTls) {
            peer.encrypt(script.certificate);
        }
        react(Script.CONNECT, "220 scripted.test ESMTP");
        for (byte[] line = next(); line != null; line = next()) {
            String command = new String(line, StandardCharsets.UTF_8).strip();
            server.heard(number, command, peer.holdsMore());
            Thread.sleep(script.delayPerCommand);
            answer(command);
        }
    }

    private byte[] next() throws IOException {
        return over ? null : peer.line();
    }

    private void answer(String command) throws IOException, InterruptedException {
        String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> {
                greeted = true;
                react(command, script.ehloReply(!peer.tls().isEmpty()));
            }
            case "HELO" -> {
                greeted = true;
                react(command, "250 scripted.test");
            }
            case "STARTTLS" -> startTls(command);
            case "AUTH" -> authenticate(command);
            case "MAIL" -> mail(command);
            case "RCPT" -> rcpt(command);
            case "DATA" -> data(command);
            case "BDAT" -> chunk(command);
            case "RSET" -> {
                forget();
                react(command, "250 2.0.0 reset");
            }
            case "NOOP" -> react(command, "250 2.0.0 here");
            case "QUIT" -> {
                react(command, "221 2.0.0 bye");
                over = true;
            }
            default -> react(command, "500 5.5.2 not known");
        }
    }

    private void mail(String command) throws IOException, InterruptedException {
        String own = !greeted
                ? "503 5.5.1 EHLO first"
                : script.username != null && !authenticated
                        ? "530 5.7.0 authentication required"
                        : mail != null ? "503 5.5.1 nested MAIL" : "250 2.1.0 sender ok";
        mail = react(command, own) / 100 == 2 ? command : mail;
    }

    private void rcpt(String command) throws IOException, InterruptedException {
        int code = react(command, mail == null ? "503 5.5.1 MAIL first" : "250 2.1.5 recipient ok");
        rcpt = code / 100 == 2 ? command : rcpt;
    }

    private void data(String command) throws IOException, InterruptedException {
        if (react(command, rcpt == null ? "503 5.5.1 RCPT first" : "354 go on") != 354 || over) {
            return;
        }
        byte[] message = peer.message();
        if (message == null) {
            over = true;
            return;
        }
        mails++;
        Reaction reaction = script.reactionTo(happening(Script.DOT));
        String givenMail = mail;
        String givenRcpt = rcpt;
        forget();
        dot(reaction, givenMail, givenRcpt, message);
    }

    /** The one and last chunk. RFC 3030 §2: without a recipient it is read all the same, and refused. */
    private void chunk(String command) throws IOException, InterruptedException {
        byte[] message = peer.octets(Integer.parseInt(command.split(" ")[1]));
        if (message == null || !command.endsWith(" LAST")) {
            over = true;
            return;
        }
        Reaction reaction = script.reactionTo(happening(command));
        boolean taken = rcpt != null && !reaction.refuses();
        if (taken) {
            server.take(new ReceivedMail(mail, rcpt, message, peer.tls(), number));
            forget();
        }
        perform(reaction, List.of(taken ? "250 2.0.0 queued as " + number : "503 5.5.1 no valid recipients"));
    }

    private void dot(Reaction reaction, String from, String to, byte[] message)
            throws IOException, InterruptedException {
        server.heard(number, ".", peer.holdsMore());
        boolean taken = to != null && !reaction.refuses();
        if (taken) {
            server.take(new ReceivedMail(from, to, message, peer.tls(), number));
        }
        perform(reaction, List.of(taken ? "250 2.0.0 queued as " + number : "554 5.5.1 no valid recipients"));
    }

    private void startTls(String command) throws IOException, InterruptedException {
        if (!script.offersStartTls()) {
            react(command, "502 5.5.1 not known");
        } else if (script.certificate != null) {
            if (react(command, "220 2.0.0 go ahead") == 220) {
                greeted = false;
                peer.encrypt(script.certificate);
            }
        } else {
            fail(command, script.startTls);
        }
    }

    private void fail(String command, StartTls how) throws IOException, InterruptedException {
        switch (how) {
            case NOT_OFFERED, REFUSED -> react(command, "454 4.7.0 TLS not available");
            case INJECTED -> react(command, List.of("220 2.0.0 go ahead", "250 AUTH PLAIN"));
            case SILENT -> {
                react(command, "220 2.0.0 go ahead");
                Thread.sleep(Duration.ofHours(1));
            }
            case GARBAGE -> {
                react(command, "220 2.0.0 go ahead");
                peer.awaitOctet();
                peer.send(List.of("this is not TLS"), Duration.ZERO);
                over = true;
            }
        }
    }

    private void authenticate(String command) throws IOException, InterruptedException {
        String[] words = command.split(" ");
        String shown = switch (words[1].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> words.length > 2 ? decode(words[2]) : decode(ask(""));
            case "LOGIN" -> "\0" + decode(ask("VXNlcm5hbWU6")) + "\0" + decode(ask("UGFzc3dvcmQ6"));
            default -> "";
        };
        authenticated = shown.equals("\0" + script.username + "\0" + script.password);
        react(command, authenticated ? "235 2.7.0 welcome" : "535 5.7.8 not known");
    }

    private String ask(String challenge) throws IOException, InterruptedException {
        peer.send(List.of("334 " + challenge), Duration.ZERO);
        byte[] line = peer.line();
        return line == null ? "" : new String(line, StandardCharsets.US_ASCII).strip();
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void forget() {
        mail = null;
        rcpt = null;
    }

    private int react(String event, String own) throws IOException, InterruptedException {
        return react(event, List.of(own));
    }

    private int react(String event, List<String> own) throws IOException, InterruptedException {
        return perform(script.reactionTo(happening(event)), own);
    }

    private Happening happening(String command) {
        return new Happening(number, mails, mail == null ? "" : mail, command);
    }

    /** Returns the code of the reply, 0 when there was none. */
    private int perform(Reaction reaction, List<String> own) throws IOException, InterruptedException {
        Thread.sleep(reaction.stall());
        List<String> lines = reaction.linesOr(own);
        if (!lines.isEmpty()) {
            server.said(number, lines);
            peer.send(lines, reaction.perOctet());
        }
        Thread.sleep(reaction.stallAfter());
        over = over || reaction.closes();
        return lines.isEmpty() || !lines.getFirst().matches("\\d{3}.*")
                ? 0
                : Integer.parseInt(lines.getFirst().substring(0, 3));
    }
}
