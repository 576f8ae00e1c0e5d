package dev.authmail.fuzz;

import dev.authmail.bounce.Bounce;
import dev.authmail.bounce.BounceJson;
import dev.authmail.bounce.BounceReader;
import dev.authmail.bounce.BounceRules;
import dev.authmail.delivery.ReplyRules;
import dev.authmail.mime.MimeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Mails that came back: the MIME reader and the bounce reader behind it. {@code bench/fuzz bounce}. */
public final class BounceFuzz {
    private static final BounceReader READER =
            new BounceReader(BounceRules.shipped(), ReplyRules.shipped(), MimeLimits.defaults());
    private static final JsonMapper JSON = new JsonMapper();

    private BounceFuzz() {}

    /** Jazzer's entry: whatever the octets are, nothing is thrown and what comes out can be written. */
    public static void fuzzerTestOneInput(byte[] mail) throws IOException {
        Bounce bounce = READER.read(new ByteArrayInputStream(mail));
        ObjectNode line = JSON.createObjectNode();
        BounceJson.describe(bounce, line);
        JSON.writeValueAsBytes(line);
    }
}
