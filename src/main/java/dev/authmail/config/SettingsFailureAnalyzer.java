package dev.authmail.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints one sentence in place of a stack trace when a setting is missing or wrong. */
public final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, SettingsException cause) {
        String action = "Mend " + cause.setting() + "; application.yaml in the jar and docs/settings.md explain it.";
        return new FailureAnalysis(cause.getMessage(), action, cause);
    }
}
