package dev.authmail.mime;

/**
 * What is kept of a mail at most; the rest is passed over. Memory is bounded by {@code keptOctets}, time by {@code octets}.
 *
 * @param octets octets that are looked at; a longer mail is read as if it ended there
 * @param keptOctets octets kept of all header sections and bodies together
 * @param partOctets octets kept of one body
 * @param headerOctets octets kept of one header section
 * @param parts leaves of the MIME tree; further ones are passed over
 * @param depth multiparts in each other; a deeper one is a leaf
 */
public record MimeLimits(long octets, int keptOctets, int partOctets, int headerOctets, int parts, int depth) {
    /** For reports: their words are few, and a returned message is needed for its header alone. */
    public static MimeLimits defaults() {
        return new MimeLimits(64 << 20, 1 << 20, 256 << 10, 64 << 10, 100, 10);
    }

    public MimeLimits {
        if (octets < 1 || keptOctets < 1 || partOctets < 1 || headerOctets < 1 || parts < 1 || depth < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
    }
}
