package dev.oriel.gateway;

/// The server could not be started. The message tells the user why and what to do.
public final class ServerStartException extends Exception {
    private final String what;

    public ServerStartException(String what) {
        super(what);
        this.what = what;
    }

    public ServerStartException(String what, Throwable cause) {
        super(what, cause);
        this.what = what;
    }

    @Override
    public String getMessage() {
        return what;
    }
}
