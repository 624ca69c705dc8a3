package dev.oriel.client;

/// A server could not be asked, or said no. The message is one sentence for a person.
public final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public ClientException(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public ClientException(String code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    /// The server's error code (`not_found`, …), `unreachable` if it could not be asked,
    /// `link_lost` if the connection went before the answer.
    public String code() {
        return code;
    }
}
