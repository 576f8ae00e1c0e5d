package dev.authmail.template;

import dev.authmail.template.Rendering.Failed;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.TemplateException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is wrong with a template. FreeMarker's own messages quote values, and one of the values is the auth URL: of
 * a failure with a real model only place and expression are told.
 */
final class TemplateFault {
    private TemplateFault() {}

    /** A failure with a real model. */
    static Failed secretive(String template, Exception e) {
        return switch (e) {
            case TemplateException thrown -> new Failed(sourceOf(thrown, template), place(thrown) + what(thrown));
            case BoundedWriter.TooLongException tooLong -> new Failed(template, message(tooLong));
            default ->
                new Failed(template, "cannot be rendered: " + e.getClass().getSimpleName());
        };
    }

    /** A failure with the sample model, or before any: nothing to hide. */
    static Failed open(String template, Exception e) {
        return switch (e) {
            case TemplateException thrown ->
                new Failed(
                        sourceOf(thrown, template),
                        place(thrown) + oneLine(String.valueOf(thrown.getMessageWithoutStackTop())));
            default -> new Failed(template, message(e));
        };
    }

    /** A template that cannot be parsed, or cannot be found. */
    static Failed unreadable(String template, IOException e) {
        if (e instanceof ParseException parse) {
            String source = parse.getTemplateName() == null ? template : parse.getTemplateName();
            return new Failed(
                    source, place(parse.getLineNumber(), parse.getColumnNumber()) + oneLine(parse.getEditorMessage()));
        }
        return new Failed(template, message(e));
    }

    private static String sourceOf(TemplateException e, String template) {
        String source = e.getTemplateSourceName();
        return source == null ? template : source;
    }

    private static String what(TemplateException e) {
        String expression = e.getBlamedExpressionString();
        String subject = expression == null ? "an expression" : "${" + oneLine(expression) + "}";
        return subject + (e instanceof InvalidReferenceException ? " has no value" : " cannot be rendered");
    }

    private static String place(TemplateException e) {
        return place(e.getLineNumber(), e.getColumnNumber());
    }

    private static String place(@Nullable Integer line, @Nullable Integer column) {
        return line == null || line <= 0 ? "" : "line " + line + ", column " + column + ": ";
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : oneLine(message);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
