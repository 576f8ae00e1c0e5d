package dev.authmail.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mail.MailConstants;

/**
 * Says where a mail goes now that it was dealt with: to a folder by its verdict. Where the mailbox has none, a mail that
 * people should see goes to the quarantine topic: then the variable {@code quarantine} is true. A mail whose outcome an
 * edited route did not write stays where it is.
 */
public final class FileMail implements Processor {
    private final Folders folders;

    /**
     * Names of folders, their parts separated by a slash.
     *
     * @param processed mails that were dealt with
     * @param unmatched mails that are not about anything of ours
     * @param unreadable mails that broke us
     */
    public record Folders(String processed, String unmatched, String unreadable) {}

    /** @param folders where mails go */
    public FileMail(Folders folders) {
        this.folders = folders;
    }

    @Override
    public void process(Exchange exchange) {
        TakenMail mail = Variables.TAKEN.of(exchange);
        String verdict = Variables.VERDICT.of(exchange);
        if (verdict.equals("returned") && Variables.STANDING.orNull(exchange) == null) {
            throw new IllegalStateException("the mail came back, and no outcome was written");
        }
        String folder = folder(verdict);
        boolean processed = folder.equals(folders.processed());
        Variables.QUARANTINE.set(exchange, !processed && !mail.folders());
        if (mail.folders()) {
            exchange.getIn().setHeader(MailConstants.MAIL_MOVE_TO, folder.replace('/', mail.separator()));
        }
    }

    private String folder(String verdict) {
        return switch (verdict) {
            case "unmatched" -> folders.unmatched();
            case "unreadable" -> folders.unreadable();
            default -> folders.processed();
        };
    }
}
