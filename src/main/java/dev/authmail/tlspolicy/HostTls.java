package dev.authmail.tlspolicy;

import dev.authmail.smtp.CertificateCheck;
import dev.authmail.smtp.TlsPolicy;
import org.jspecify.annotations.Nullable;

/** Whether a mail host may be used, and how. */
public sealed interface HostTls {
    /**
     * It may, when it gives that much TLS.
     *
     * @param check who judges its certificate in place of authorities and host name, if anybody
     */
    record Use(TlsPolicy policy, @Nullable CertificateCheck check) implements HostTls {}

    /** The domain's MTA-STS policy does not name it. RFC 8461 §4.1, §5: it gets no mail now. */
    record NotInPolicy(String detail) implements HostTls {}

    /** Whether it has TLSA records cannot be told. RFC 7672 §2.1.2: it gets no mail now. */
    record Unproven(String detail) implements HostTls {}
}
