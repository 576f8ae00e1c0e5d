package dev.authmail.authurl;

import java.time.Instant;

/**
 * A signed link. Whoever has it can use it: it goes into the mail and nowhere else.
 *
 * @param value the whole URL, ASCII
 * @param expires from when on it is refused, whole seconds
 */
public record AuthUrl(String value, Instant expires) {
    /** The link without what makes it good, to be shown to others than the reader of the mail. */
    public AuthUrl withheld() {
        return new AuthUrl(value.replaceFirst("&sig=.*", "&sig=withheld"), expires);
    }

    @Override
    public String toString() {
        return "AuthUrl[***, expires=" + expires + "]";
    }
}
