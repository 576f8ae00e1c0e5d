package dev.authmail.config;

import dev.authmail.delivery.UnknownReplies;
import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/unknownreplies}: the kinds of replies that no rule knows, redacted, the last seen first. */
@Endpoint(id = "unknownreplies")
final class UnknownRepliesEndpoint {
    private final UnknownReplies replies;

    UnknownRepliesEndpoint(UnknownReplies replies) {
        this.replies = replies;
    }

    @ReadOperation
    List<UnknownReplies.Seen> list() {
        return replies.list();
    }
}
