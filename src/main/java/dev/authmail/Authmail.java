package dev.authmail;

/** Starts the service, or runs one command. */
public final class Authmail {
    private Authmail() {}

    /** @param args a command and its arguments, or Spring Boot's own */
    public static void main(String[] args) {
        System.out.println("authmail");
    }
}
