package dev.authmail.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** What the sessions of a {@link ScriptedSmtpServer} have in common; may be changed while they run. */
final class Script {
    static final String CONNECT = "<CONNECT>";
    static final String DOT = "<DOT>";

    final List<Reaction> reactions = new CopyOnWriteArrayList<>();
    final Set<String> offers = Collections.synchronizedSet(
            new LinkedHashSet<>(List.of("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 10485760", "ENHANCEDSTATUSCODES")));
    volatile StartTls startTls = StartTls.NOT_OFFERED;
    volatile SSLContext certificate;
    volatile boolean implicitTls;
    volatile String username;
    volatile String password;
    volatile Duration delayPerCommand = Duration.ZERO;

    /** The newest reaction to this event that has times left. */
    Reaction reactionTo(Happening event) {
        return reactions.reversed().stream()
                .filter(reaction -> reaction.takes(event))
                .findFirst()
                .orElseGet(() -> new Reaction(event.command()));
    }

    boolean offersStartTls() {
        return !implicitTls && (certificate != null || startTls != StartTls.NOT_OFFERED);
    }

    List<String> ehloReply(boolean inTls) {
        List<String> words = new ArrayList<>(List.of("scripted.test"));
        synchronized (offers) {
            words.addAll(offers);
        }
        if (offersStartTls() && !inTls) {
            words.add("STARTTLS");
        }
        List<String> lines = new ArrayList<>();
        for (String word : words) {
            lines.add((lines.size() == words.size() - 1 ? "250 " : "250-") + word);
        }
        return lines;
    }
}
