package dev.oriel.agent.api.permission.shell;

/// A command line that cannot be judged. The message is for the user.
final class UnclearException extends Exception {
    private static final long serialVersionUID = 1;

    UnclearException(String why) {
        super(why, null, false, false);
    }
}
