import dev.authmail.authurl.AuthUrlVerifier;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** Verifies an authmail link. Copy AuthUrlVerifier.java beside it: that file needs nothing but the JDK. */
class Verify {
    static String landingPage(String rawPathAndQuery, String currentAddress, Map<String, byte[]> keys, Clock clock) {
        var verifier = new AuthUrlVerifier(URI.create("https://app.example.test"), keys, clock);
        return switch (verifier.verify(rawPathAndQuery, "verify-email")) {
            case Verification.Valid(var link) when !link.matchesAddress(currentAddress) -> "The address has changed.";
            case Verification.Valid(var link) -> "Confirm " + link.userId() + " with a button that posts " + link.id();
            case Verification.Expired(var link) -> "This link has expired. Send a new one?";
            case Verification.Invalid(var why) -> "This link is not valid.";
        };
    }
}
