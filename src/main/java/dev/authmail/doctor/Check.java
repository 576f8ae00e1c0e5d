package dev.authmail.doctor;

import java.util.List;

/** One thing to look at. Blocks while the DNS or a server is asked; never fails, but says so in a finding. */
public interface Check {
    /** Its name, such as {@code spf}. */
    String name();

    /** What it looks at. */
    String subject();

    /** Looks. */
    List<Finding> run();
}
