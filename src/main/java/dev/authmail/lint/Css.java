package dev.authmail.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The few declarations by which mails hide things. */
final class Css {
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern CLASS = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)");
    private static final Pattern HIDING = Pattern.compile("display:none|visibility:hidden|opacity:0(?:\\.0+)?"
            + "|font-size:0(?:px|pt|em|%)?|max-height:0(?:px)?|text-indent:-[0-9]{3,}[a-z]*|mso-hide:all");

    private Css() {}

    /** The declarations of a style attribute, in lower case and without spaces. */
    static Map<String, String> declarations(String style) {
        Map<String, String> declarations = new HashMap<>();
        for (String declaration : style.split(";", -1)) {
            int colon = declaration.indexOf(':');
            if (colon > 0) {
                String value = declaration.substring(colon + 1).toLowerCase(Locale.ROOT);
                declarations.put(
                        declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        value.replace("!important", "").replaceAll("\\s+", ""));
            }
        }
        return declarations;
    }

    static boolean hides(String style) {
        return declarations(style).entrySet().stream()
                .anyMatch(d -> HIDING.matcher(d.getKey() + ":" + d.getValue()).matches());
    }

    /** Classes that a style sheet hides everywhere; what it hides on some screens alone is left out. */
    static Set<String> hidingClasses(String sheet) {
        Set<String> hiding = new HashSet<>();
        Matcher rule = RULE.matcher(withoutMedia(sheet.replaceAll("(?s)/\\*.*?\\*/", "")));
        while (rule.find()) {
            if (hides(rule.group(2))) {
                Matcher name = CLASS.matcher(rule.group(1));
                while (name.find()) {
                    hiding.add(name.group(1));
                }
            }
        }
        return hiding;
    }

    private static String withoutMedia(String sheet) {
        StringBuilder kept = new StringBuilder();
        int at = 0;
        for (int media = sheet.indexOf("@media"); media >= 0; media = sheet.indexOf("@media", at)) {
            kept.append(sheet, at, media);
            at = blockEnd(sheet, media);
        }
        return kept.append(sheet, Math.min(at, sheet.length()), sheet.length()).toString();
    }

    private static int blockEnd(String sheet, int from) {
        int depth = 0;
        for (int i = from; i < sheet.length(); i++) {
            depth += sheet.charAt(i) == '{' ? 1 : 0;
            if (sheet.charAt(i) == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return sheet.length();
    }

    /** A colour in one form: {@code #fff}, {@code #FFFFFF} and {@code white} are alike. */
    static String colour(String value) {
        String colour = value.toLowerCase(Locale.ROOT).strip();
        return switch (colour) {
            case "white" -> "#ffffff";
            case "black" -> "#000000";
            default -> colour.matches("#[0-9a-f]{3}") ? colour.replaceAll("([0-9a-f])", "$1$1") : colour;
        };
    }
}
