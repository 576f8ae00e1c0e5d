package dev.authmail.delivery;

import dev.authmail.smtp.SmtpPhase;
import dev.authmail.smtp.Transaction;
import dev.authmail.smtp.Transaction.Failure;
import dev.authmail.traffic.Reception;
import java.util.Locale;

/** What a conversation that ended without a reply is about. */
final class FailureClassifier {
    private FailureClassifier() {}

    static Finding classify(Route route, Transaction.Failed failed) {
        String rule =
                "failure-" + failed.failure().name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean relay = route == Route.RELAY;
        Scope scope = relay ? Scope.RELAY : Scope.HOST;
        return switch (failed.failure()) {
            case NO_CONNECTION, CONGESTED, CONNECTION_LOST, TIMEOUT, TLS_HANDSHAKE ->
                Finding.of(rule, Fault.NETWORK, scope, null);
            case WITHDRAWN -> Finding.of(rule, Fault.SELF, scope, null);
            // What we demand of a relay is its fault; what we demand of a stranger is a policy.
            case PROTOCOL, TLS_NOT_OFFERED, TLS_CERTIFICATE, AUTH_NOT_OFFERED ->
                Finding.of(rule, relay ? Fault.RELAY : Fault.POLICY, scope, null);
            case SMTPUTF8_NOT_OFFERED ->
                relay
                        ? Finding.of(rule, Fault.RELAY, Scope.RELAY, null)
                        : Finding.of(rule, Fault.RECIPIENT, Scope.ADDRESS, UserState.ADDRESS_REFUSED);
            case TOO_LARGE ->
                relay
                        ? Finding.of(rule, Fault.RELAY, Scope.RELAY, null)
                        : Finding.of(rule, Fault.CONTENT, Scope.MESSAGE, UserState.OUR_FAULT);
        };
    }

    /** Whether a second attempt at the same host would fail in the same way. RFC 6531 §3.5, RFC 1870 §6. */
    static boolean isPermanent(Failure failure) {
        return switch (failure) {
            case SMTPUTF8_NOT_OFFERED, TOO_LARGE -> true;
            case NO_CONNECTION,
                    CONGESTED,
                    WITHDRAWN,
                    CONNECTION_LOST,
                    TIMEOUT,
                    PROTOCOL,
                    TLS_NOT_OFFERED,
                    TLS_HANDSHAKE,
                    TLS_CERTIFICATE,
                    AUTH_NOT_OFFERED -> false;
        };
    }

    /** What a failure says about the next mail to that server. */
    static Reception reception(Failure failure) {
        return switch (failure) {
            case CONGESTED, WITHDRAWN -> new Reception.NotAsked();
            // About this recipient, this mail.
            case SMTPUTF8_NOT_OFFERED, TOO_LARGE -> new Reception.Answered();
            case TIMEOUT -> new Reception.Unreachable(true);
            case NO_CONNECTION,
                    CONNECTION_LOST,
                    PROTOCOL,
                    TLS_NOT_OFFERED,
                    TLS_HANDSHAKE,
                    TLS_CERTIFICATE,
                    AUTH_NOT_OFFERED -> new Reception.Unreachable(false);
        };
    }

    /** The failure as a person would say it. */
    static String sentence(Failure failure) {
        return switch (failure) {
            case NO_CONNECTION -> "no connection";
            case CONGESTED -> "all our connections were in use";
            case WITHDRAWN -> "given up";
            case CONNECTION_LOST -> "the connection was lost";
            case TIMEOUT -> "no reply in time";
            case PROTOCOL -> "an answer that is not SMTP";
            case TLS_NOT_OFFERED -> "STARTTLS is demanded and not offered";
            case TLS_HANDSHAKE -> "the TLS handshake failed";
            case TLS_CERTIFICATE -> "the certificate was refused";
            case AUTH_NOT_OFFERED -> "no AUTH mechanism in common";
            case SMTPUTF8_NOT_OFFERED -> "the address needs SMTPUTF8, which is not offered";
            case TOO_LARGE -> "the message is larger than the server takes";
        };
    }

    /** Where it happened, to be read after "to" or "at". */
    static String words(SmtpPhase phase) {
        return switch (phase) {
            case CONNECT -> "connecting";
            case GREETING -> "its greeting";
            case TLS -> "the TLS handshake";
            case EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA -> phase.name();
            case DOT -> "the final dot";
        };
    }
}
