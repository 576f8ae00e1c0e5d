package dev.authmail.camel;

import java.time.Instant;

/**
 * A mail taken from a mailbox, or a provider's report about one.
 *
 * @param octets the mail, or as much of it as the limit allows
 * @param contentType of the octets
 * @param folders whether the mailbox has folders
 * @param separator between the names of folders
 * @param firstSeen when it was first taken
 * @param failures how many times it was taken and could not be dealt with, because of what it is
 */
record TakenMail(byte[] octets, String contentType, boolean folders, char separator, Instant firstSeen, int failures) {}
