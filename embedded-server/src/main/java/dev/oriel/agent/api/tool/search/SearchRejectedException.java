package dev.oriel.agent.api.tool.search;

/// A pattern, glob or file type that cannot be searched with. The message is for the model.
final class SearchRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    SearchRejectedException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
