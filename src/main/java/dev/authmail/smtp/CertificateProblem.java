package dev.authmail.smtp;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in plain words what is wrong with a certificate, told by the types of the exceptions. RFC 5280 §6.1. */
final class CertificateProblem {
    private CertificateProblem() {}

    /** What was wrong with the certificate, if it was the certificate. */
    static Optional<String> in(Throwable failure) {
        List<Throwable> causes = Stream.<@Nullable Throwable>iterate(
                        failure, c -> c != null, c -> c == null ? null : c.getCause())
                .limit(10)
                .<Throwable>mapMulti((c, sink) -> {
                    if (c != null) {
                        sink.accept(c);
                    }
                })
                .toList();
        if (holds(causes, CertificateExpiredException.class)) {
            return Optional.of("the certificate has expired");
        }
        if (holds(causes, CertificateNotYetValidException.class)) {
            return Optional.of("the certificate is not valid yet");
        }
        if (holds(causes, CertPathBuilderException.class) || holds(causes, CertPathValidatorException.class)) {
            return Optional.of("the certificate is not trusted: no known authority vouches for it");
        }
        // The trust manager checks the name last, and says so with nothing more special than this.
        return holds(causes, CertificateException.class)
                ? Optional.of("the certificate is for another name")
                : Optional.empty();
    }

    private static boolean holds(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
