package dev.authmail.traffic;

/**
 * How much goes straight to one provider, from one replica.
 *
 * @param connections mails under way at once, 1 or more
 * @param messages mails over one connection, 1 or more
 * @param perMinute mails a minute; 0: as many as come
 */
public record ProviderLimits(int connections, int messages, int perMinute) {
    public ProviderLimits {
        if (connections < 1 || messages < 1 || perMinute < 0) {
            throw new IllegalArgumentException("the limits are " + connections + " connections, " + messages
                    + " mails a connection and " + perMinute
                    + " mails a minute; the first two must be 1 or more, the last 0 or more");
        }
    }
}
