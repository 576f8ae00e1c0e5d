package dev.authmail.limit;

import java.util.Locale;

/** What is limited. */
public enum MailLimit {
    /** Mails to one address. */
    RECIPIENT("mails an hour to this recipient"),
    /** Mails to one domain. */
    DOMAIN("mails an hour to this domain"),
    /** Mails that one source caused, whatever a header calls the source. */
    SOURCE("mails an hour from this source"),
    /** Mails for one user and purpose, one after the other. */
    RESEND("mail for this user and purpose within the cool-down");

    private final String words;

    MailLimit(String words) {
        this.words = words;
    }

    /** The word in metrics. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What there was too much of, for people. */
    public String words() {
        return words;
    }
}
