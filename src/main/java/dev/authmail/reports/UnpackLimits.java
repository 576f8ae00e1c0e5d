package dev.authmail.reports;

/**
 * How much is unpacked at most: a few kilobytes of gzip can hold gigabytes.
 *
 * @param packed octets of what comes in
 * @param unpacked octets of one document after unpacking
 * @param ratio how many octets may come of one packed octet, once {@code unpacked} is a megabyte or more
 * @param documents documents in one file or mail
 * @param depth wrappings in each other: a mail in a mail, a zip in a zip
 */
public record UnpackLimits(int packed, int unpacked, int ratio, int documents, int depth) {
    /** For the reports of the largest providers with room to spare. */
    public static UnpackLimits defaults() {
        return new UnpackLimits(32 << 20, 64 << 20, 200, 50, 4);
    }
}
