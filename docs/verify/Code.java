import dev.authmail.authurl.OneTimeCodeVerifier;
import dev.authmail.authurl.OneTimeCodeVerifier.Tries;
import dev.authmail.authurl.OneTimeCodeVerifier.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;

/** Verifies the code beside an authmail link. Copy OneTimeCodeVerifier.java beside it: it needs nothing but the JDK. */
class Code {
    /** The event, user and address are those that your application knows of the session, not what the request says. */
    static String answer(
            String typed, String event, String userId, String address, Collection<byte[]> keys, Tries tries) {
        var verifier = new OneTimeCodeVerifier(keys, Duration.ofMinutes(30), Clock.systemUTC(), tries);
        return switch (verifier.verify(typed, "verify-email", event, userId, address)) {
            case Verdict.Right(var id) -> "Redeem " + id + " once, and confirm the user.";
            case Verdict.Wrong() -> "This code is wrong or too old.";
            case Verdict.UsedUp() -> "Too many tries. Send a new mail?";
        };
    }
}
