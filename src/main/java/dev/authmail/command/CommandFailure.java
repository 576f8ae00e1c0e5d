package dev.authmail.command;

/** Ends a command with one sentence and its exit status, never with a stack trace. */
public final class CommandFailure extends RuntimeException {
    private final int status;

    private CommandFailure(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** Wrong usage or a wrong setting: exit status 2. */
    public static CommandFailure usage(String sentence) {
        return new CommandFailure(2, sentence);
    }

    /** It could not be done: exit status 1. */
    public static CommandFailure notDone(String sentence) {
        return new CommandFailure(1, sentence);
    }

    /** The exit status. */
    public int status() {
        return status;
    }
}
