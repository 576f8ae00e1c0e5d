package dev.authmail.mx;

/**
 * A host that takes mail for a domain.
 *
 * @param preference lower is tried first; 0 for the implicit one. RFC 5321 §5.1
 * @param host the name as A-labels, lower case, without a final dot
 */
public record MailExchanger(int preference, String host) {}
