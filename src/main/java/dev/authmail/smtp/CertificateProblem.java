package dev.authmail.smtp;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with a certificate from the types of the exceptions. RFC 5280 §6.1. */
final class CertificateProblem {
    private static final int MAX_CAUSES = 10;

    private CertificateProblem() {}

    /** What the JDK's check had against the certificate. */
    static CertificateVerdict of(CertificateException refusal) {
        if (has(refusal, CertificateExpiredException.class)) {
            return CertificateVerdict.EXPIRED;
        }
        if (has(refusal, CertificateNotYetValidException.class)) {
            return CertificateVerdict.NOT_YET_VALID;
        }
        if (has(refusal, CertPathBuilderException.class) || has(refusal, CertPathValidatorException.class)) {
            return CertificateVerdict.NOT_TRUSTED;
        }
        // The trust manager checks the name last, and says so with nothing more special than this.
        return CertificateVerdict.WRONG_NAME;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
