package dev.authmail.limit;

import java.time.Duration;

/**
 * How many mails there may be; 0 is no limit.
 *
 * @param recipientPerHour to one address
 * @param domainPerHour to one domain
 * @param sourcePerHour from one source
 * @param resendCoolDown between two mails for one user and purpose
 * @param maxEntries how many of each are counted at most; of more, those that had no mail for longest are forgotten
 */
public record LimitSettings(
        int recipientPerHour, int domainPerHour, int sourcePerHour, Duration resendCoolDown, int maxEntries) {
    public LimitSettings {
        if (recipientPerHour < 0 || domainPerHour < 0 || sourcePerHour < 0 || resendCoolDown.isNegative()) {
            throw new IllegalArgumentException("A limit must be 0, for none, or more");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("max-entries must be at least 1");
        }
    }
}
