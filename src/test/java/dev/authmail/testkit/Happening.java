package dev.authmail.testkit;

/**
 * What a {@link ScriptedSmtpServer} is about to answer.
 *
 * @param connection its number, 1 for the first
 * @param mails how many messages came over it, the one to be answered included
 * @param sender the MAIL command of this mail; empty before there is one
 * @param command as the client wrote it
 */
public record Happening(int connection, int mails, String sender, String command) {}
