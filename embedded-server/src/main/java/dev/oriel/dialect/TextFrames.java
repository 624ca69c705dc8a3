package dev.oriel.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Some text frames to be sent together, each the UTF-8 of one frame. Encoded for the wire once,
/// for however many peers.
///
/// Immutable but for the remembered encoding; any thread may read it.
public final class TextFrames {
    private final List<byte[]> texts;
    private final boolean lines;
    private volatile @Nullable Object encoded;

    public TextFrames(List<byte[]> texts) {
        this(texts, false);
    }

    private TextFrames(List<byte[]> texts, boolean lines) {
        this.texts = List.copyOf(texts);
        this.lines = lines;
    }

    /// Frames that each end with a line break, which is added where they are encoded and not
    /// before.
    public static TextFrames lines(List<byte[]> texts) {
        return new TextFrames(texts, true);
    }

    public static TextFrames of(String text) {
        return new TextFrames(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public List<byte[]> texts() {
        return texts;
    }

    /// Whether a line break follows each text.
    public boolean isLines() {
        return lines;
    }

    /// These frames as the gateway encodes them. There is one encoder, so its work is kept; two
    /// threads that ask at the same time may both do it.
    @SuppressWarnings("unchecked") // only ever set from the one encoder
    public <T> T encoded(Function<TextFrames, T> encoder) {
        Object known = encoded;
        if (known == null) {
            T made = encoder.apply(this);
            encoded = made;
            return made;
        }
        return (T) known;
    }
}
