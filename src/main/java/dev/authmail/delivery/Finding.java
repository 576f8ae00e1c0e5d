package dev.authmail.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal or failure is about, before it is known what else can be tried.
 *
 * @param rule the id of the rule
 * @param fault whose fault
 * @param scope what it is about
 * @param userState the word for the user when it ends here; without one the fault says
 * @param atLeast how long to wait at least before trying later; zero when nothing is known
 * @param suppress whether a 5yz of this kind means that the address takes no mail, so that it is not mailed again
 */
public record Finding(
        String rule, Fault fault, Scope scope, @Nullable UserState userState, Duration atLeast, boolean suppress) {
    static Finding of(String rule, Fault fault, Scope scope, @Nullable UserState userState) {
        return new Finding(rule, fault, scope, userState, Duration.ZERO, nobodyThere(fault, scope, userState));
    }

    /** What suppresses an address when the rule does not say: that nobody has it. */
    static boolean nobodyThere(Fault fault, Scope scope, @Nullable UserState userState) {
        return fault == Fault.RECIPIENT && scope == Scope.ADDRESS && userState == UserState.ADDRESS_UNKNOWN;
    }

    /** This finding with a longer wait, if it is longer. */
    Finding waiting(Duration wait) {
        return wait.compareTo(atLeast) > 0 ? new Finding(rule, fault, scope, userState, wait, suppress) : this;
    }

    /** Whether it is about us and so the same at every host of the provider. */
    boolean aboutUs() {
        return switch (scope) {
            case OUR_IP, OUR_DOMAIN -> true;
            case ADDRESS, DOMAIN, MESSAGE, RELAY, HOST -> false;
        };
    }

    /** Whether it is about the recipient or the message and so the same by every way. */
    boolean aboutThisMail() {
        return switch (scope) {
            case ADDRESS, DOMAIN, MESSAGE -> true;
            case OUR_IP, OUR_DOMAIN, RELAY, HOST -> false;
        };
    }

    /** The word for the user when nothing more is tried. */
    public UserState finalState() {
        if (userState != null) {
            return userState;
        }
        return fault == Fault.RECIPIENT ? UserState.ADDRESS_REFUSED : UserState.OUR_FAULT;
    }
}
