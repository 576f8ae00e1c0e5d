package dev.authmail.doctor;

import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * That something came out otherwise than it was told last.
 *
 * @param at when it was seen
 * @param instance the replica that saw it
 * @param was how it was told last; fine when it never was
 * @param finding how it is now
 */
public record FindingChange(Instant at, String instance, Status was, Finding finding) {
    /** The content type of {@link #toJson()}. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final Set<String> AUTHENTICATION =
            Set.of("google-authentication", "our-authentication", "microsoft-dmarc");
    private static final Set<String> NAMES = Set.of("google-ptr", "our-ptr", "our-helo");
    private static final Set<String> DOMAINS = Set.of("our-domain-unknown", "our-sender-verify");
    private static final Set<String> LISTS = Set.of("our-blocklist");
    private static final JsonMapper JSON = new JsonMapper();

    /** The record's key: what it is about. */
    public String key() {
        return finding.check() + "/" + finding.subject();
    }

    /** Whether it is mended. */
    public boolean isMended() {
        return finding.status().isGood();
    }

    /** The ids of the reply rules by which providers complain of it; the direct route to them may open once it is mended. */
    public Set<String> complaints() {
        return complaints(finding.check());
    }

    static Set<String> complaints(String check) {
        return switch (check) {
            case "spf", "dkim", "dmarc" -> AUTHENTICATION;
            case "ptr", "ehlo" -> NAMES;
            case "domain" -> DOMAINS;
            case "blocklist" -> LISTS;
            default -> Set.of();
        };
    }

    /** A CloudEvent 1.0 in structured mode; its schema is {@code schemas/finding.schema.json}. */
    public byte[] toJson() {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("type", "authmail.finding")
                .put("source", "authmail")
                .put("id", key() + "/" + finding.status().word() + "/" + at.toEpochMilli() + "/" + instance)
                .put("time", at.toString())
                .put("subject", finding.subject())
                .put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data")
                .put("check", finding.check())
                .put("subject", finding.subject())
                .put("status", finding.status().word())
                .put("was", was.word())
                .put("found", finding.found())
                .put("expected", finding.expected())
                .put("providers", finding.providers());
        ArrayNode publish = data.putArray("publish");
        finding.publish().forEach(publish::add);
        data.put("instance", instance);
        return JSON.writeValueAsBytes(event);
    }
}
