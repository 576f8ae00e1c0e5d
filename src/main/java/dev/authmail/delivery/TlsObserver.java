package dev.authmail.delivery;

import dev.authmail.address.Domain;
import dev.authmail.mx.MailExchanger;
import dev.authmail.tlspolicy.DomainTls;

/** Hears what came of TLS with the mail hosts of domains. Called in the thread of the mail; must not throw. */
@FunctionalInterface
public interface TlsObserver {
    /** Hears nothing. */
    TlsObserver DEAF = (domain, demanded, host, result) -> {};

    /**
     * One host was tried, or was passed by because of TLS.
     *
     * @param domain of the recipient
     * @param demanded what the domain demands
     * @param host the mail host
     * @param result {@link HopResult.Tried}, or {@link HopResult.NoServer} when the host may not be used
     */
    void saw(Domain domain, DomainTls demanded, MailExchanger host, HopResult result);
}
