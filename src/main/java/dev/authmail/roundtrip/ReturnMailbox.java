package dev.authmail.roundtrip;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The mailbox that round trips end in. Other mails in it are left as they are. */
@FunctionalInterface
public interface ReturnMailbox {
    /**
     * Waits for a mail and takes it out.
     *
     * @param mark stands in its Subject or Message-ID
     * @param limit how long to wait
     * @return its octets, lines end in CRLF; empty when it did not come
     * @throws IOException when the mailbox cannot be read; says why, without a secret
     */
    Optional<byte[]> await(String mark, Duration limit) throws IOException;
}
