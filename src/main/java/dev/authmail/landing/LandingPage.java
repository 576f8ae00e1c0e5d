package dev.authmail.landing;

import dev.authmail.authurl.AuthUrlVerifier;
import dev.authmail.authurl.AuthUrlVerifier.Verification;
import dev.authmail.authurl.AuthUrlVerifier.VerifiedLink;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a visit means. Scanners, previews and prefetchers open links, so a GET or HEAD changes nothing; a person's POST
 * redeems the link, once, in whatever browser; a second one is a friendly success.
 */
public final class LandingPage {
    private static final JsonMapper JSON = new JsonMapper();

    private final AuthUrlVerifier verifier;
    private final Map<String, String> purposeByPath = new HashMap<>();
    private final Redeemed redeemed;
    private final Clock clock;

    /**
     * @param verifier of links, with the configured origin
     * @param paths landing path of each purpose
     * @param redeemed links that were redeemed
     * @param clock tells when a link is redeemed
     */
    public LandingPage(AuthUrlVerifier verifier, Map<String, String> paths, Redeemed redeemed, Clock clock) {
        this.verifier = verifier;
        this.redeemed = redeemed;
        this.clock = clock;
        paths.forEach((purpose, path) -> purposeByPath.put(path, purpose));
    }

    /** What to answer. */
    public sealed interface Visit {
        /** Ask for the click. */
        record Ask(VerifiedLink link) implements Visit {}

        /** Publish that the address is confirmed, then say so. */
        record Redeem(VerifiedLink link, String purpose) implements Visit {}

        /** Say that the address is confirmed. */
        record Confirmed(VerifiedLink link) implements Visit {}

        /** Say that the link is too old. */
        record Expired() implements Visit {}

        /** Say that the link does not work, and no more. */
        record Invalid() implements Visit {}
    }

    /**
     * Looks at a request.
     *
     * @param method such as {@code POST}
     * @param path raw, undecoded
     * @param query raw, undecoded; empty if there is none
     */
    public Visit visit(String method, String path, String query) {
        String purpose = purposeByPath.get(path);
        if (purpose == null) {
            return new Visit.Invalid();
        }
        return switch (verifier.verify(path + "?" + query, purpose)) {
            case Verification.Invalid invalid -> new Visit.Invalid();
            case Verification.Expired expired ->
                redeemed.contains(expired.link().id()) ? new Visit.Confirmed(expired.link()) : new Visit.Expired();
            case Verification.Valid valid -> visit(method, valid.link(), purpose);
        };
    }

    private Visit visit(String method, VerifiedLink link, String purpose) {
        if (redeemed.contains(link.id())) {
            return new Visit.Confirmed(link);
        }
        if (!method.equals("POST")) {
            return new Visit.Ask(link);
        }
        return redeemed.redeem(link.id(), link.expires()) ? new Visit.Redeem(link, purpose) : new Visit.Confirmed(link);
    }

    /** The record that says so: a CloudEvent; its id is the link's, the same however often it is written. */
    public byte[] verified(Visit.Redeem visit) {
        VerifiedLink link = visit.link();
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("type", "authmail.verified")
                .put("source", "authmail")
                .put("id", link.id())
                .put("time", clock.instant().toString())
                .put("subject", link.userId())
                .put("datacontenttype", "application/json");
        event.putObject("data")
                .put("userId", link.userId())
                .put("purpose", visit.purpose())
                .put("addressHash", link.addressHash())
                .put("linkExpires", link.expires().toString());
        return JSON.writeValueAsBytes(event);
    }

    /** Where the person goes on, if the link says so. */
    static Optional<String> next(Visit visit) {
        return visit instanceof Visit.Confirmed confirmed
                ? confirmed.link().next()
                : visit instanceof Visit.Redeem redeem ? redeem.link().next() : Optional.empty();
    }
}
