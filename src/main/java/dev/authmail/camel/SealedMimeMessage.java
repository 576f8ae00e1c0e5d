package dev.authmail.camel;

import dev.authmail.delivery.Hop;
import dev.authmail.delivery.HopResult;
import dev.authmail.mail.SignedMessage;
import dev.authmail.smtp.Deadline;
import dev.authmail.smtp.Envelope;
import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Carries signed octets through camel-mail, which wants a {@code MimeMessage}. Nothing can change them: {@code
 * saveChanges} does nothing, and there is no header to set. It also carries back what the hop answered.
 */
public final class SealedMimeMessage extends MimeMessage {
    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final SignedMessage message;
    private final Envelope envelope;
    private final Deadline deadline;
    private final @Nullable String pinnedHop;
    private @Nullable Hop askedHop;
    private @Nullable HopResult result;

    /**
     * @param message the octets on the wire
     * @param envelope who it is from and to
     * @param deadline of the whole attempt
     * @param pinnedHop the only hop that may be asked, if any
     */
    public SealedMimeMessage(SignedMessage message, Envelope envelope, Deadline deadline, @Nullable String pinnedHop) {
        super(NO_SESSION);
        this.message = message;
        this.envelope = envelope;
        this.deadline = deadline;
        this.pinnedHop = pinnedHop;
    }

    /** Offers the message to a hop and keeps its answer. */
    void offerTo(Hop hop) {
        boolean allowed = pinnedHop == null || pinnedHop.equals(hop.name());
        askedHop = hop;
        result = allowed ? hop.offer(message, envelope, deadline) : notThePinned(pinnedHop);
    }

    /** What a hop answers that may not be asked, because an earlier attempt may have been successful at another. */
    static HopResult.Skipped notThePinned(@Nullable String pinnedHop) {
        return new HopResult.Skipped("this attempt may try only the hop " + pinnedHop);
    }

    /** The hop that was asked last. */
    Hop askedHop() {
        return Objects.requireNonNull(askedHop, "no smtp endpoint was asked before this step");
    }

    /** Whether a hop has answered and nobody took the answer. */
    boolean hasAnswer() {
        return result != null;
    }

    /** Takes the answer of the hop that was asked last, so that it is counted once. */
    HopResult takeResult() {
        HopResult answer = result;
        if (answer == null) {
            throw new IllegalStateException("no smtp endpoint was asked before this step");
        }
        result = null;
        return answer;
    }

    /** The signed octets. */
    public SignedMessage signed() {
        return message;
    }

    @Override
    public void saveChanges() {
        // The octets are signed: RFC 6376 §5.
    }

    @Override
    public Address @Nullable [] getAllRecipients() {
        return null; // the envelope says it, not the header
    }

    @Override
    public @Nullable String getMessageID() {
        return null;
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignore) throws IOException {
        Channels.newChannel(out).write(message.octets());
    }
}
