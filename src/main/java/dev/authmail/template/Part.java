package dev.authmail.template;

/** The three files that make one mail in one language. */
enum Part {
    SUBJECT("subject", "ftl", 200),
    TEXT("text", "ftl", 100_000),
    // Gmail cuts an HTML part at 102 kB.
    HTML("html", "ftlh", 100_000);

    private final String word;
    private final String extension;
    private final int maxChars;

    Part(String word, String extension, int maxChars) {
        this.word = word;
        this.extension = extension;
        this.maxChars = maxChars;
    }

    /** Path below the template folder, such as {@code verify-email/html_ja.ftlh}. */
    String path(String purpose, String tag) {
        return purpose + "/" + word + "_" + tag + "." + extension;
    }

    /** How much it may write, in UTF-16 code units. */
    int maxChars() {
        return maxChars;
    }
}
