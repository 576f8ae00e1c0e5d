package dev.authmail.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as it came: its header fields and its body, octet for octet. */
public final class HookRequest {
    private final Map<String, String> fields = new TreeMap<>();
    private final byte[] body;

    /**
     * @param fields by name, in any case; of a repeated one the first
     * @param body copied
     */
    public HookRequest(Map<String, String> fields, byte[] body) {
        fields.forEach((name, value) -> this.fields.put(name.toLowerCase(Locale.ROOT), value));
        this.body = body.clone();
    }

    @Nullable
    String field(String lowerCaseName) {
        return fields.get(lowerCaseName);
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** Nothing of the content: it holds a secret and a person. */
    @Override
    public String toString() {
        return "HookRequest[" + body.length + " octets]";
    }
}
