package dev.oriel.app.media;

/// An image that cannot be shown. Its message is a sentence for the user.
public final class UndecodableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean damaged;

    public UndecodableImageException(String sentence) {
        this(sentence, false);
    }

    private UndecodableImageException(String sentence, boolean damaged) {
        super(sentence);
        this.damaged = damaged;
    }

    static UndecodableImageException damaged() {
        return new UndecodableImageException("The image is damaged.", true);
    }

    /// Whether no program can show it.
    public boolean isDamaged() {
        return damaged;
    }
}
