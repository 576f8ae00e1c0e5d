package dev.authmail.template;

/** What came of rendering: a mail, or why there is none. */
public sealed interface Rendering {
    /** The mail. */
    record Rendered(RenderedMail mail) implements Rendering {}

    /**
     * The templates are at fault, not the event.
     *
     * @param template the file, as {@code verify-email/html_ja.ftlh}, or the purpose when it has no templates
     * @param detail what is wrong, with line and column where known; never a value of the model
     */
    record Failed(String template, String detail) implements Rendering {}
}
