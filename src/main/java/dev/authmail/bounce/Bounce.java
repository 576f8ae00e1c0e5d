package dev.authmail.bounce;

import java.util.List;

/**
 * What a mail that came back says.
 *
 * @param kind what it is
 * @param recipients of whom it speaks; none when it names nobody
 * @param clues by which it can be told which mail of ours it is about
 */
public record Bounce(BounceKind kind, List<ReportedRecipient> recipients, BounceClues clues) {
    public Bounce {
        recipients = List.copyOf(recipients);
    }
}
