package dev.authmail.simulator;

import dev.authmail.testkit.TestCertificates;

/** The one authority of the simulator, made when it is first needed. */
final class Certificates {
    static final TestCertificates ALL = new TestCertificates();

    private Certificates() {}
}
