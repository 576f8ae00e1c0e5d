package dev.authmail.bounce;

import java.util.List;
import java.util.Optional;

/**
 * What tells which mail of ours a bounce is about. All of it was written by strangers: only a MAC in an address proves
 * something.
 *
 * @param sentTo the addresses that the bounce itself was sent to, the envelope's first; one may hold our token
 * @param envelopeId the envelope id that we gave. RFC 3461 §4.4
 * @param messageId of the returned message, with its angle brackets
 * @param returnPath the envelope sender of the returned message, as its header has it
 * @param feedbackType such as {@code abuse}, lower case. RFC 5965 §3.1
 * @param autoSubmitted the first word of that field, lower case. RFC 3834 §5
 * @param nullSender whether its own envelope sender is empty, as it must be of a report. RFC 3464 §2
 * @param complete whether all of the mail was read; false when it met a limit
 */
public record BounceClues(
        List<String> sentTo,
        Optional<String> envelopeId,
        Optional<String> messageId,
        Optional<String> returnPath,
        Optional<String> feedbackType,
        Optional<String> autoSubmitted,
        boolean nullSender,
        boolean complete) {
    public BounceClues {
        sentTo = List.copyOf(sentTo);
    }
}
