package dev.authmail.lint;

import dev.authmail.lint.HtmlTokens.Close;
import dev.authmail.lint.HtmlTokens.Open;
import dev.authmail.lint.HtmlTokens.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a reader of an HTML part gets to see, and what not. */
final class HtmlPage {
    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");
    // HTML lets these end by themselves.
    private static final Set<String> MAY_STAY_OPEN = Set.of(
            "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "html", "head", "body");
    private static final Set<String> UNSEEN = Set.of("style", "script", "title", "head");
    private static final Set<String> ACTIVE = Set.of("script", "form", "iframe", "object", "embed", "applet");
    private static final String WHITE = "#ffffff";

    private final Deque<Element> open = new ArrayDeque<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<String> unbalanced = new HashSet<>();
    private final Set<String> active = new HashSet<>();
    private final Set<String> hidingClasses = new HashSet<>();
    private boolean hiddenText;

    private HtmlPage() {}

    /** A link and the words that it shows. */
    record Link(String href, StringBuilder shown) {}

    private record Element(String name, boolean hidden, String colour, String background, boolean isLink) {}

    static HtmlPage of(String html) {
        HtmlPage page = new HtmlPage();
        page.read(html);
        return page;
    }

    List<Link> links() {
        return links;
    }

    /** Names of elements that are not closed, or closed without being open. */
    Set<String> unbalanced() {
        return unbalanced;
    }

    /** Names of elements that run or send something. */
    Set<String> active() {
        return active;
    }

    /** Whether there are words that nobody sees. */
    boolean hasHiddenText() {
        return hiddenText;
    }

    private void read(String html) {
        open.push(new Element("", false, "#000000", WHITE, false));
        for (HtmlTokens.Token token : HtmlTokens.of(html)) {
            switch (token) {
                case Open tag -> open(tag);
                case Close tag -> close(tag.name());
                case Text text -> text(text.text());
            }
        }
        open.stream()
                .map(Element::name)
                .filter(name -> !name.isEmpty() && !MAY_STAY_OPEN.contains(name))
                .forEach(unbalanced::add);
    }

    private void open(Open tag) {
        if (ACTIVE.contains(tag.name())) {
            active.add(tag.name());
        }
        boolean link = tag.name().equals("a") && tag.attributes().containsKey("href");
        if (link) {
            links.add(new Link(tag.attribute("href"), new StringBuilder()));
        }
        if (tag.name().equals("img") && inLink()) {
            links.getLast().shown().append(tag.attribute("alt"));
        }
        if (!VOID.contains(tag.name()) && !tag.selfClosed()) {
            open.push(element(tag, link));
        }
    }

    private Element element(Open tag, boolean link) {
        Element outer = open.element();
        Map<String, String> css = Css.declarations(tag.attribute("style"));
        String background =
                css.getOrDefault("background-color", css.getOrDefault("background", tag.attribute("bgcolor")));
        boolean byClass = List.of(tag.attribute("class").split("\\s+")).stream().anyMatch(hidingClasses::contains);
        boolean hidden = outer.hidden()
                || byClass
                || tag.attributes().containsKey("hidden")
                || Css.hides(tag.attribute("style"));
        return new Element(
                tag.name(),
                hidden,
                css.containsKey("color") ? Css.colour(css.getOrDefault("color", "")) : outer.colour(),
                background.isEmpty() ? outer.background() : Css.colour(background),
                link || outer.isLink());
    }

    private boolean inLink() {
        return open.element().isLink() && !links.isEmpty();
    }

    private void close(String name) {
        if (VOID.contains(name)) {
            return;
        }
        if (open.stream().noneMatch(e -> e.name().equals(name))) {
            unbalanced.add(name);
            return;
        }
        while (!open.element().name().equals(name)) {
            String skipped = open.pop().name();
            if (!MAY_STAY_OPEN.contains(skipped)) {
                unbalanced.add(skipped);
            }
        }
        open.pop();
    }

    private void text(String text) {
        Element in = open.element();
        if (in.name().equals("style")) {
            hidingClasses.addAll(Css.hidingClasses(text));
        }
        boolean words = !text.replace("&nbsp;", "")
                .replaceAll("&#(?:8199|8203|847|xad|173);", "")
                .isBlank();
        if (UNSEEN.contains(in.name()) || !words) {
            return;
        }
        hiddenText |= in.hidden() || in.colour().equals(in.background());
        if (inLink() && !in.hidden()) {
            links.getLast().shown().append(text);
        }
    }
}
