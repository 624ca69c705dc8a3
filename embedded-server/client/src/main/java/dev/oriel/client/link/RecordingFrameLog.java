package dev.oriel.client.link;

import dev.oriel.client.FrameLog;
import dev.oriel.message.Graphemes;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The log of frames of one client. Safe for any thread.
public final class RecordingFrameLog implements FrameLog {
    private static final int MAX_LENGTH = 4_000;

    /// A shorter secret would mask parts of other words.
    private static final int MIN_SECRET = 4;

    private static final String MASK = "•••";
    private static final Pattern SECRET =
            Pattern.compile(
                    "(\"(?:token|password|secret|authorization|api_?key|anthropicApiKey"
                        + "|access_token|refresh_token|ANTHROPIC_[A-Z_]*(?:KEY|TOKEN))\"\\s*:\\s*\")"
                            // Possessive, because backtracking would use stack for every character.
                            + "(?:[^\"\\\\]++|\\\\.)*+",
                    Pattern.CASE_INSENSITIVE);

    private final Clock clock;

    // Guarded by this.
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private long count;

    /// Set and read by any thread.
    private volatile @Nullable BiConsumer<String, String> receivedListener;

    /// An empty log.
    public RecordingFrameLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void setReceivedListener(@Nullable BiConsumer<String, String> listener) {
        receivedListener = listener;
    }

    @Override
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries);
    }

    @Override
    public synchronized long count() {
        return count;
    }

    /// Appends a frame that was received, and passes it to the listener.
    public void appendReceived(String channel, String text) {
        append(Type.RECEIVED, channel, text);
        BiConsumer<String, String> listener = receivedListener;
        if (listener != null) {
            listener.accept(channel, text);
        }
    }

    /// Appends a frame that was sent.
    public void appendSent(String channel, String text) {
        append(Type.SENT, channel, text);
    }

    /// Appends a note.
    public void appendNote(String channel, String text) {
        append(Type.NOTE, channel, text);
    }

    /// Masks this text in all later entries.
    public synchronized void addSecret(String text) {
        if (text.length() >= MIN_SECRET) {
            secrets.add(text);
        }
    }

    private synchronized void append(Type type, String channel, String text) {
        count++;
        entries.addLast(new Entry(count, clock.instant(), type, channel, mask(text)));
        if (entries.size() > CAPACITY) {
            entries.removeFirst();
        }
    }

    private String mask(String text) {
        String strip = text.stripTrailing();
        // Masked before it is truncated, so that no half of a secret is left.
        String part = strip.length() > 2 * MAX_LENGTH ? strip.substring(0, 2 * MAX_LENGTH) : strip;
        for (String secret : secrets) {
            part = part.replace(secret, MASK);
        }
        part = SECRET.matcher(part).replaceAll("$1" + MASK);
        return strip.length() > MAX_LENGTH
                ? part.substring(0, Graphemes.prefixEnd(part, MAX_LENGTH))
                        + "… ("
                        + strip.length()
                        + " characters)"
                : part;
    }
}
