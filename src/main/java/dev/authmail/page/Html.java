package dev.authmail.page;

/** Text as it stands in HTML and SVG, between tags and in quoted attributes. */
final class Html {
    private static final int LONGEST = 500;

    private Html() {}

    static String escaped(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder out = new StringBuilder(shown.length() + 16);
        shown.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isPlain(c) ? c : ' ');
            }
        });
        return out.toString();
    }

    /** Controls break XML, and formats (bidirectional overrides) show what is not there. */
    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
    }
}
