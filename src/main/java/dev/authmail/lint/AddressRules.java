package dev.authmail.lint;

import dev.authmail.address.MailAddress;
import dev.authmail.address.ParsedAddress;
import dev.authmail.lint.Mailboxes.Mailbox;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who the mail says it is from. Google's sender guidelines, Yahoo's best practices. */
final class AddressRules {
    private static final String EXOTIC = ",$%?{}<>";
    private static final Set<String> OTHERS = Set.of(
            "gmail.com",
            "googlemail.com",
            "yahoo.com",
            "ymail.com",
            "aol.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com");
    private static final int MAX_NAME = 60;

    private AddressRules() {}

    static void check(RawMail mail, Findings findings) {
        List<Mailbox> from = mail.first("from").map(Mailboxes::of).orElse(List.of());
        if (from.size() != 1) {
            findings.add(LintRule.ONE_FROM, "From has " + from.size() + " addresses", "write exactly one");
        }
        from.forEach(mailbox -> from(mailbox, mail, findings));
        for (String name : List.of("from", "reply-to", "to", "sender")) {
            mail.first(name).map(Mailboxes::of).orElse(List.of()).forEach(mailbox -> address(name, mailbox, findings));
        }
        findings.addWhen(
                mail.has("sender"), LintRule.SENDER, "there is a Sender field", "remove it: one author needs none");
    }

    private static void from(Mailbox from, RawMail mail, Findings findings) {
        if (MailAddress.parse(from.address()) instanceof ParsedAddress.Invalid(String rule)) {
            findings.add(LintRule.ONE_FROM, "the address in From " + rule, "write a valid address");
        }
        findings.addWhen(
                OTHERS.contains(from.domain().toLowerCase(Locale.ROOT)),
                LintRule.FOREIGN_FROM,
                "From is an address at a mailbox provider, whose DMARC policy forbids it to you",
                "use an address of your own domain");
        name(from, mail, findings);
    }

    private static void name(Mailbox from, RawMail mail, Findings findings) {
        String name = from.name();
        String subject = mail.first("subject").map(Mailboxes::decoded).orElse("");
        findings.addWhen(
                name.indexOf('@') >= 0 && !name.equalsIgnoreCase(from.address()),
                LintRule.DISPLAY_NAME,
                "the name in From looks like another address",
                "write the name of your service");
        findings.addWhen(
                name.codePoints().anyMatch(AddressRules::isSymbol),
                LintRule.DISPLAY_NAME,
                "the name in From holds an emoji, a check mark or another symbol",
                "write letters");
        findings.addWhen(
                !name.isEmpty() && name.equalsIgnoreCase(subject),
                LintRule.DISPLAY_NAME,
                "the name in From is the subject",
                "write the name of your service");
        findings.addWhen(
                name.length() > MAX_NAME,
                LintRule.DISPLAY_NAME,
                "the name in From has more than " + MAX_NAME + " characters",
                "write the name of your service alone");
    }

    private static boolean isSymbol(int c) {
        int type = Character.getType(c);
        return type == Character.OTHER_SYMBOL && c != '®' && c != '™' && c != '©' || type == Character.SURROGATE;
    }

    private static void address(String field, Mailbox mailbox, Findings findings) {
        findings.addWhen(
                mailbox.address().chars().anyMatch(c -> EXOTIC.indexOf(c) >= 0),
                LintRule.EXOTIC_ADDRESS,
                "the address in " + field + " holds one of " + EXOTIC,
                "use letters, digits, dots, hyphens, plus and underscores");
        Domains.check(mailbox.domain(), "the domain in " + field, findings);
    }
}
