package dev.authmail.https;

/** What came of one request. */
public sealed interface HttpsAnswer {
    /**
     * The server answered.
     *
     * @param status of the answer, such as 200
     * @param contentType as the server said it; empty when it did not
     * @param body the answer's text as UTF-8, up to the limit that was asked for
     * @param whole whether that is all of it; else there was more than the limit
     */
    record Answered(int status, String contentType, String body, boolean whole) implements HttpsAnswer {}

    /**
     * There is no answer.
     *
     * @param problem what kind of failure it is
     * @param detail in words, without a full stop
     */
    record Failed(Problem problem, String detail) implements HttpsAnswer {}

    /** Why there is none. */
    enum Problem {
        /** The server's certificate is not good for its name. */
        CERTIFICATE,
        /** Everything else: not allowed, no address, no connection, no answer in time. */
        UNREACHABLE
    }
}
