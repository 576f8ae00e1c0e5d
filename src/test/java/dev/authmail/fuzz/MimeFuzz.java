package dev.authmail.fuzz;

import dev.authmail.mime.MimeLimits;
import dev.authmail.mime.MimeMessage;
import dev.authmail.mime.MimePart;
import dev.authmail.mime.MimeReader;

/** Mails of strangers, with limits so narrow that each is met. {@code bench/fuzz mime}. */
public final class MimeFuzz {
    private static final MimeLimits NARROW = new MimeLimits(4096, 1024, 256, 512, 5, 3);

    private MimeFuzz() {}

    /** Jazzer's entry: nothing is thrown, and no limit is passed. */
    public static void fuzzerTestOneInput(byte[] mail) {
        MimeMessage message = MimeReader.read(mail, NARROW);
        if (message.parts().size() > NARROW.parts()) {
            throw new AssertionError(message.parts().size() + " parts");
        }
        int kept = 0;
        for (MimePart part : message.parts()) {
            kept += part.octets().length;
            if (part.text().length() > 4 * NARROW.keptOctets()) {
                throw new AssertionError("a text of " + part.text().length());
            }
        }
        if (kept > NARROW.keptOctets()) {
            throw new AssertionError(kept + " octets kept");
        }
    }
}
