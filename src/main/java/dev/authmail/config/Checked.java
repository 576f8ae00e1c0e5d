package dev.authmail.config;

import dev.authmail.address.Domain;
import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.address.ParsedDomain;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what is wrong with a setting into a sentence that names it. */
final class Checked {
    private Checked() {}

    /** What a room refuses is told with the name of the setting it came from. */
    static <T> T setting(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw new SettingsException(name, String.valueOf(refused.getMessage()));
        }
    }

    static <T> T required(String name, @Nullable T value, String mend) {
        if (value == null || value.toString().isBlank()) {
            throw new SettingsException(name, "is missing; " + mend);
        }
        return value;
    }

    static MailAddress address(String name, @Nullable String value) {
        String text = required(name, value, "give an address such as no-reply@mail.example.com");
        return switch (MailAddress.parse(text)) {
            case ParsedAddress.Valid valid -> valid.address();
            case ParsedAddress.Invalid invalid ->
                throw new SettingsException(name, "\"" + text + "\" is not a mail address: " + invalid.rule());
        };
    }

    static Domain domain(String name, @Nullable String value) {
        String text = required(name, value, "give a domain such as mail.example.com");
        return switch (Domain.parse(text)) {
            case ParsedDomain.Valid valid -> valid.domain();
            case ParsedDomain.Invalid invalid ->
                throw new SettingsException(name, "\"" + text + "\" is not a domain: " + invalid.rule());
        };
    }
}
