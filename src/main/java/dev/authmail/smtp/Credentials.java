package dev.authmail.smtp;

/**
 * What AUTH shows the server. RFC 4954.
 *
 * @param username the authentication identity
 * @param password the secret; never shown
 */
public record Credentials(String username, String password) {
    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
