package dev.oriel.app.media;

/// An image that cannot be shown. Its message is a sentence for the user.
public final class UndecodableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableImageException(String sentence) {
        super(sentence);
    }
}
