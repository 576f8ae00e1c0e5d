package dev.authmail.camel;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.search.SearchTerm;

/**
 * The mails of a POP3 mailbox that are read: POP3 knows no parts of a mail and no folders, so a larger one stays where it is
 * and is never fetched.
 */
public final class SmallEnough extends SearchTerm {
    private static final long serialVersionUID = 1;

    private final long maxOctets;

    /** @param maxOctets the largest mail that is fetched */
    public SmallEnough(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    @Override
    public boolean match(Message message) {
        try {
            if (message.getMessageNumber() == 1) {
                askAllSizes(message.getFolder());
            }
            return message.getSize() <= maxOctets;
        } catch (MessagingException e) {
            return false;
        }
    }

    /** One LIST instead of one for each mail. RFC 1939 §5. */
    private static void askAllSizes(Folder folder) throws MessagingException {
        FetchProfile sizes = new FetchProfile();
        sizes.add(FetchProfile.Item.SIZE);
        folder.fetch(folder.getMessages(), sizes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmallEnough that && that.maxOctets == maxOctets;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(maxOctets);
    }
}
