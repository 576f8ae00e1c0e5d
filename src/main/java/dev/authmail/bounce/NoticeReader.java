package dev.authmail.bounce;

import dev.authmail.bounce.BounceRules.RecipientForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a notice whom it is about and which lines speak of whom. The forms are asked in their order; the first that finds
 * somebody decides, for a notice has one form.
 */
final class NoticeReader {
    private static final int MAX_RECIPIENTS = 1000;
    private static final int LINES_BEFORE = 8;

    private static final Pattern HEADING = Pattern.compile(
            "^[\\s<\"'>*-]{0,12}(?:recipient(?: address)?:\\s*<?)?(" + AddressText.ADDRESS + ")",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRANSCRIPT = Pattern.compile("^(?:<<<|>>>) ");
    private static final Pattern ORIGINAL =
            Pattern.compile("original address:\\s*<?(" + AddressText.ADDRESS + ")", Pattern.CASE_INSENSITIVE);

    private final BounceRules rules;
    private final NoticeText notice;
    private final Set<String> own;
    private final String domain;
    private boolean ownCounts;

    /** An address and the line it stands in. */
    private record Place(String address, int line) {}

    /**
     * @param own addresses in lower case that are not meant: whom the notice was sent to, and who sent it
     * @param domain of who sent it, for a local part alone; empty when not known
     */
    NoticeReader(BounceRules rules, NoticeText notice, Set<String> own, String domain) {
        this.rules = rules;
        this.notice = notice;
        this.own = own;
        this.domain = domain;
    }

    /** What it says about each recipient; empty when it names none. */
    List<Evidence> read() {
        ownCounts = false;
        return read(rules.recipientForms());
    }

    /** The same of who mails to himself: such a one is told about himself. */
    List<Evidence> readOwn() {
        ownCounts = true;
        return read(rules.recipientForms().stream()
                .filter(form -> !form.loose() || form.after() != null)
                .toList());
    }

    private List<Evidence> read(List<RecipientForm> forms) {
        List<Place> places = List.of();
        for (RecipientForm form : forms) {
            places = places(form);
            if (!places.isEmpty() && places.size() <= form.most()) {
                break;
            }
            places = List.of();
        }
        List<Evidence> found = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String about = about(places, i);
            String address = originalIn(about).orElse(places.get(i).address());
            found.add(Evidence.of(address, List.of(about)));
        }
        return found;
    }

    /** The lines that speak of an address that is known already; empty when none begins with it. */
    String about(String address) {
        List<Place> places = new ArrayList<>();
        int known = -1;
        for (int i = 0; i < notice.lines().size(); i++) {
            Matcher heading = HEADING.matcher(notice.lines().get(i));
            if (heading.find()) {
                if (known < 0 && heading.group(1).equalsIgnoreCase(address)) {
                    known = places.size();
                }
                places.add(new Place(heading.group(1), i));
            }
        }
        return known < 0 ? "" : about(places, known);
    }

    /** The address before an address, where the lines about it tell: PMDF and its heirs name a mailbox of theirs first. */
    Optional<String> original(String address) {
        return originalIn(about(address));
    }

    private static Optional<String> originalIn(String about) {
        Matcher m = ORIGINAL.matcher(about);
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }

    private List<Place> places(RecipientForm form) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < notice.lines().size() && places.size() < MAX_RECIPIENTS; i++) {
            String line = notice.lines().get(i);
            if (!form.local() && line.indexOf('@') < 0) {
                continue;
            }
            Matcher m = form.line().matcher(line);
            while (m.find()) {
                String address = address(form, m);
                if (isMeant(form, address) && follows(form, i) && isNew(places, address)) {
                    places.add(new Place(address, i));
                }
            }
        }
        return places;
    }

    private String address(RecipientForm form, Matcher m) {
        for (int group = 1; group <= m.groupCount(); group++) {
            if (m.group(group) != null) {
                return form.local() ? m.group(group) + "@" + domain : m.group(group);
            }
        }
        return "";
    }

    private boolean isMeant(RecipientForm form, String address) {
        return AddressText.isAddress(address)
                && (ownCounts || !own.contains(address.toLowerCase(Locale.ROOT)))
                && !(form.loose() && rules.isStaff(address));
    }

    private boolean follows(RecipientForm form, int line) {
        if (form.after() == null) {
            return true;
        }
        return form.after()
                .matcher(notice.words(Math.max(0, line - LINES_BEFORE), line))
                .find();
    }

    private static boolean isNew(List<Place> places, String address) {
        return places.stream().noneMatch(p -> p.address().equalsIgnoreCase(address));
    }

    /** From its line to the next address; addresses under each other share what follows the last. */
    private String about(List<Place> places, int index) {
        int from = places.get(index).line();
        int next = index + 1;
        while (next < places.size() && isHeadingOnly(from, places.get(next).line())) {
            next++;
        }
        int to = next < places.size()
                ? beginning(places.get(next).line())
                : notice.lines().size();
        return notice.words(beginning(from), Math.max(to, from + 1));
    }

    /** In a transcript commands and answers stand above the line that names the recipient. */
    private int beginning(int line) {
        int first = line;
        while (first > 0 && TRANSCRIPT.matcher(notice.lines().get(first - 1)).find()) {
            first--;
        }
        return first;
    }

    private boolean isHeadingOnly(int from, int to) {
        for (int i = from; i < to; i++) {
            String line = notice.lines().get(i);
            String rest = AddressText.all(line).stream().reduce(line, (l, a) -> l.replace(a, ""));
            if (rest.chars().anyMatch(Character::isLetterOrDigit)) {
                return false;
            }
        }
        return true;
    }
}
