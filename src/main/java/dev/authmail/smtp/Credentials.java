package dev.authmail.smtp;

/**
 * What AUTH shows the server. RFC 4954.
 *
 * @param username the authentication identity
 * @param password the secret; never shown
 */
public record Credentials(String username, String password) {
    public Credentials {
        if ((username + password).chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the SMTP user name or password holds a control character: is there a line break at its end?");
        }
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
