package dev.authmail.smtp;

import java.util.Locale;

/** What is to be said of the certificate that a server showed. */
public enum CertificateVerdict {
    /** A known authority vouches for it, and it is for the host. RFC 5280 §6, RFC 9525. */
    TRUSTED("a known authority vouches for the certificate"),
    /** The DNS vouches for it. RFC 7672. */
    TLSA_MATCHED("a TLSA record vouches for the certificate"),
    /** Its time is over. */
    EXPIRED("the certificate has expired"),
    /** Its time has not come. */
    NOT_YET_VALID("the certificate is not valid yet"),
    /** Nobody who is believed vouches for it. */
    NOT_TRUSTED("the certificate is not trusted: no known authority vouches for it"),
    /** It is for another host. */
    WRONG_NAME("the certificate is for another name"),
    /** The DNS vouches for others and not for it. RFC 7672 §2.2. */
    TLSA_MISMATCH("the certificate fits no TLSA record of the host");

    private final String sentence;

    CertificateVerdict(String sentence) {
        this.sentence = sentence;
    }

    /** Whether it proves that the server is the host that was meant. */
    public boolean isVerified() {
        return this == TRUSTED || this == TLSA_MATCHED;
    }

    /** The word in records, such as {@code wrong-name}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The verdict as a person would say it. */
    public String sentence() {
        return sentence;
    }
}
