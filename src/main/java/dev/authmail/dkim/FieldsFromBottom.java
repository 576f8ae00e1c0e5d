package dev.authmail.dkim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands out the fields of one name from the bottom of the header to the top, each once. RFC 6376 §5.4.2. */
final class FieldsFromBottom {
    private final Map<String, Deque<HeaderField>> byName = new HashMap<>();

    FieldsFromBottom(List<HeaderField> fields, @Nullable HeaderField except) {
        for (HeaderField field : fields) {
            if (!field.equals(except)) {
                byName.computeIfAbsent(field.name(), n -> new ArrayDeque<>()).push(field);
            }
        }
    }

    Optional<HeaderField> next(String name) {
        Deque<HeaderField> left = byName.get(name);
        return left == null ? Optional.empty() : Optional.ofNullable(left.poll());
    }
}
