package dev.oriel.client;

import dev.oriel.message.Graphemes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The last frames of a client's connections, for whoever wants to see what is really said. What
/// looks like a secret is masked before it is kept, and a long frame is cut. Safe for any thread.
public final class FrameLog {
    /// How many are kept.
    public static final int CAPACITY = 500;

    private static final int LONGEST = 4_000;
    private static final String MASK = "•••";
    private static final Pattern SECRET =
            Pattern.compile(
                    "(\"(?:token|password|secret|authorization|api_?key|anthropicApiKey"
                        + "|access_token|refresh_token|ANTHROPIC_[A-Z_]*(?:KEY|TOKEN))\"\\s*:\\s*\")"
                            // Possessive: else the stack would grow with every character.
                            + "(?:[^\"\\\\]++|\\\\.)*+",
                    Pattern.CASE_INSENSITIVE);

    private final Clock clock;

    // Guarded by this.
    private final Deque<Entry> frames = new ArrayDeque<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    private long count;

    private volatile @Nullable BiConsumer<String, String> ear;

    public enum Type {
        SENT,
        RECEIVED,
        /// Not a frame: what happened to the connection, or what was left out.
        NOTE
    }

    /// @param number from 1, in order
    /// @param channel the path of its connection
    public record Entry(long number, Instant at, Type type, String channel, String text) {}

    public FrameLog(Clock clock) {
        this.clock = clock;
    }

    /// Hears every frame that is received, whole and as it came.
    ///
    /// @param hears path of the connection, and text; called on the client's lane
    public void setReceivedListener(@Nullable BiConsumer<String, String> hears) {
        ear = hears;
    }

    /// The last ones, oldest first.
    public synchronized List<Entry> entries() {
        return new ArrayList<>(frames);
    }

    /// How many there have been: it changes with each.
    public synchronized long count() {
        return count;
    }

    public void appendReceived(String channel, String text) {
        add(Type.RECEIVED, channel, text);
        BiConsumer<String, String> hears = ear;
        if (hears != null) {
            hears.accept(channel, text);
        }
    }

    public void appendSent(String channel, String text) {
        add(Type.SENT, channel, text);
    }

    public void appendNote(String channel, String words) {
        add(Type.NOTE, channel, words);
    }

    /// From now on this is masked wherever it shows.
    public synchronized void addSecret(String word) {
        if (word.length() >= 4) {
            secrets.add(word);
        }
    }

    private synchronized void add(Type way, String channel, String text) {
        count++;
        frames.addLast(new Entry(count, clock.instant(), way, channel, masked(text)));
        if (frames.size() > CAPACITY) {
            frames.removeFirst();
        }
    }

    private String masked(String text) {
        String strip = text.stripTrailing();
        // Masked before it is cut, so that no cut leaves half a secret behind.
        String part = strip.length() > 2 * LONGEST ? strip.substring(0, 2 * LONGEST) : strip;
        for (String secret : secrets) {
            part = part.replace(secret, MASK);
        }
        part = SECRET.matcher(part).replaceAll("$1" + MASK);
        return strip.length() > LONGEST
                ? part.substring(0, Graphemes.prefixEnd(part, LONGEST))
                        + "… ("
                        + strip.length()
                        + " characters)"
                : part;
    }
}
