package dev.authmail.lint;

/** What is checked, how much it matters, and to whom. */
public enum LintRule {
    ONE_FROM("one-from", Level.REJECTED, "Google, SoftBank"),
    FOREIGN_FROM("foreign-from", Level.REJECTED, "Google, Yahoo, Microsoft, Apple"),
    ONCE_EACH("once-each", Level.REJECTED, "Google"),
    DATE("date", Level.REJECTED, "Google, Yahoo"),
    MESSAGE_ID("message-id", Level.REJECTED, "Google, SoftBank"),
    HEADER_SIZE("header-size", Level.REJECTED, "Google, Yahoo, SoftBank"),
    HEADER_OCTETS("header-octets", Level.REJECTED, "Google"),
    ENCODED_WORD("encoded-word", Level.REJECTED, "Google"),
    LINES("lines", Level.REJECTED, "all (RFC 5321 §4.5.3.1.6)"),
    MIME("mime", Level.REJECTED, "Google (554 5.6.0)"),
    SPOOFED_DOMAIN("spoofed-domain", Level.REJECTED, "Google (UTS 39)"),
    EXOTIC_ADDRESS("exotic-address", Level.ADVISED, "Yahoo"),
    DISPLAY_NAME("display-name", Level.ADVISED, "Google"),
    SUBJECT("subject", Level.ADVISED, "Google"),
    SENDER("sender", Level.ADVISED, "Google"),
    LIST_HEADERS("list-headers", Level.ADVISED, "Google"),
    AUTO_SUBMITTED("auto-submitted", Level.ADVISED, "all (RFC 3834)"),
    FEEDBACK_ID("feedback-id", Level.ADVISED, "Google"),
    TEXT_PART("text-part", Level.ADVISED, "all (RFC 2046 §5.1.4)"),
    HTML_VALID("html-valid", Level.ADVISED, "Google"),
    HTML_ACTIVE("html-active", Level.ADVISED, "all"),
    HIDDEN_CONTENT("hidden-content", Level.ADVISED, "Google"),
    LINK_VISIBLE("link-visible", Level.ADVISED, "Google"),
    LINK_TEXT("link-text", Level.ADVISED, "Google, Microsoft"),
    LINK_HOST("link-host", Level.ADVISED, "Google, Microsoft"),
    LINK_ADDRESS("link-address", Level.ADVISED, "Microsoft"),
    LINK_SCHEME("link-scheme", Level.ADVISED, "Google"),
    SIZE("size", Level.ADVISED, "Google (cuts HTML at 102 kB)");

    /** What a provider does with a mail that breaks a rule. */
    public enum Level {
        /** Refuses it: the service does not start with such templates. */
        REJECTED,
        /** Trusts it less, or shows it badly. */
        ADVISED
    }

    private final String id;
    private final Level level;
    private final String providers;

    LintRule(String id, Level level, String providers) {
        this.id = id;
        this.level = level;
        this.providers = providers;
    }

    /** Its name in reports. */
    public String id() {
        return id;
    }

    /** How much it matters. */
    public Level level() {
        return level;
    }

    /** Who asks for it. */
    public String providers() {
        return providers;
    }
}
