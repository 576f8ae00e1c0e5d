package dev.authmail.dkim;

/** A result and why. */
record Verdict(DkimResult result, String reason) {
    static Verdict permerror(String reason) {
        return new Verdict(DkimResult.PERMERROR, reason);
    }

    static Verdict fail(String reason) {
        return new Verdict(DkimResult.FAIL, reason);
    }
}
