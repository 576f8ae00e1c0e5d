package dev.authmail.doctor;

import java.util.List;

/**
 * Something that providers look at and that cannot be looked at here, for want of a word from the user.
 *
 * @param why in words
 * @param needed what the user must say
 */
record NotLookedAt(String name, String subject, String why, String needed) implements Check {
    @Override
    public List<Finding> run() {
        return List.of(new Finding(name, Status.UNKNOWN, subject, "not looked at: " + why, needed, "", List.of()));
    }
}
