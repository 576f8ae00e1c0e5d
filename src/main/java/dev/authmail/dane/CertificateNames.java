package dev.authmail.dane;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The host names that a certificate is for: its DNS names, or its common name when it has none. RFC 7672 §3.2.3, RFC
 * 6125 §6.4.
 *
 * @param presented lower case; the first label may be {@code *}
 */
record CertificateNames(List<String> presented) {
    private static final Integer DNS_NAME = 2;

    static CertificateNames of(X509Certificate certificate) {
        List<String> dns = dnsNames(certificate);
        return new CertificateNames(dns.isEmpty() ? commonNames(certificate) : dns);
    }

    /** Whether it is for one of these hosts, given as lower-case A-labels. */
    boolean include(Collection<String> hosts) {
        return hosts.stream().anyMatch(host -> presented.stream().anyMatch(name -> matches(name, host)));
    }

    private static boolean matches(String name, String host) {
        if (!name.startsWith("*.")) {
            return name.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && name.indexOf('.', 2) > 0 && host.substring(dot).equals(name.substring(1));
    }

    private static List<String> dnsNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(n -> DNS_NAME.equals(n.get(0)))
                            .map(n -> canonical(String.valueOf(n.get(1))))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .filter(String.class::isInstance)
                            .map(value -> canonical((String) value))
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
