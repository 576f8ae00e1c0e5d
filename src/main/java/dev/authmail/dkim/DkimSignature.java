package dev.authmail.dkim;

import java.util.List;

/**
 * The tags of a signature that obeys the rules. RFC 6376 §3.5.
 *
 * @param domain {@code d=} as A-labels
 * @param selector {@code s=} as A-labels
 * @param agentDomain the domain of {@code i=} as A-labels
 * @param signedFields the entries of {@code h=}
 * @param bodyHash {@code bh=}, base64 without white space
 * @param bodyLength {@code l=}; {@link Long#MAX_VALUE} when all of the body is signed
 * @param signedAt {@code t=} in Unix seconds; 0 when there is none
 * @param expiresAt {@code x=} in Unix seconds; {@link Long#MAX_VALUE} when there is none
 * @param signature {@code b=}, base64 without white space
 */
record DkimSignature(
        DkimAlgorithm algorithm,
        String domain,
        String selector,
        String agentDomain,
        Canonicalization headerForm,
        Canonicalization bodyForm,
        List<String> signedFields,
        String bodyHash,
        long bodyLength,
        long signedAt,
        long expiresAt,
        String signature) {
    DkimSignature {
        signedFields = List.copyOf(signedFields);
    }

    /** Where its key is published. RFC 6376 §3.6.2.1. */
    String keyName() {
        return selector + "._domainkey." + domain;
    }

    boolean signsWholeBody() {
        return bodyLength == Long.MAX_VALUE;
    }
}
