package dev.authmail.doctor;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** Sees what a mail host shows. */
@FunctionalInterface
public interface ShownCertificates {
    /** The chain that the host shows after STARTTLS, its own certificate first; empty when it cannot be seen. */
    List<X509Certificate> of(String host, InetAddress address);
}
