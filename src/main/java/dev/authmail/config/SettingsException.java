package dev.authmail.config;

/** A setting that keeps the service from starting: which one, what is wrong, and the mend. */
public final class SettingsException extends RuntimeException {
    private final String setting;

    /**
     * @param setting its name, such as {@code authmail.mail.from}
     * @param sentence what is wrong and how to mend it; no secret
     */
    public SettingsException(String setting, String sentence) {
        super(setting + ": " + sentence);
        this.setting = setting;
    }

    String setting() {
        return setting;
    }
}
