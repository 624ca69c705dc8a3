package dev.oriel.dialect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Text frames that are sent together, each as its UTF-8 text. They are encoded for the wire once
/// for all peers.
///
/// Immutable except for the cached encoding. Thread-safe.
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

    /// Frames that each end with a line break. The encoder adds it; the texts do not contain it.
    public static TextFrames lines(List<byte[]> texts) {
        return new TextFrames(texts, true);
    }

    public static TextFrames of(String text) {
        return new TextFrames(List.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public List<byte[]> texts() {
        return texts;
    }

    /// Whether the encoder adds a line break to each text.
    public boolean isLines() {
        return lines;
    }

    /// Returns these frames as encoded by the gateway. The result is cached, because there is only
    /// one encoder; concurrent calls may both encode.
    @SuppressWarnings("unchecked") // all calls pass the same encoder
    public <T> T encoded(Function<TextFrames, T> encoder) {
        Object cached = encoded;
        if (cached == null) {
            T result = encoder.apply(this);
            encoded = result;
            return result;
        }
        return (T) cached;
    }
}
