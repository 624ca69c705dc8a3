package dev.oriel.dialect.relay;

import dev.oriel.dialect.Meaning;
import dev.oriel.session.event.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what a session says into frames of the relay.
///
/// A session tells of a failure in more than one way, and again to everybody who comes later; the
/// client hears of each once, and only of those that happen while it is there.
///
/// Its calls must not overlap.
final class RelayFrameMapper {
    private final boolean parts;
    private @Nullable String lastState;
    private @Nullable String exit;
    private volatile boolean prompted;

    /// @param parts whether the client wants answers piece by piece as well
    RelayFrameMapper(boolean parts) {
        this.parts = parts;
    }

    /// The client has sent a prompt: a failure that comes now is news, even one that was told
    /// before. Any thread.
    void onPromptSent() {
        prompted = true;
    }

    List<byte[]> toFrames(List<Delivery> deliveries) {
        List<byte[]> frames = new ArrayList<>(deliveries.size());
        for (Delivery each : deliveries) {
            switch (Meaning.of(each.message())) {
                case Meaning.Word(var message) -> frames.add(RelayFrames.sdkMessage(message));
                case Meaning.Part(var message) -> {
                    if (parts) {
                        frames.add(RelayFrames.sdkMessage(message));
                    }
                }
                case Meaning.Exit e -> {
                    exit = e.text();
                    frames.add(RelayFrames.error(described(e)));
                }
                case Meaning.Standing standing -> {
                    String failure = newFailure(standing);
                    if (failure != null) {
                        frames.add(RelayFrames.error(failure));
                    }
                    lastState = standing.state();
                }
                case Meaning.Trouble(String text) -> frames.add(RelayFrames.error(text));
                // As its newest version does; older clients pass over what they do not know.
                case Meaning.Muttering(String line) -> frames.add(RelayFrames.info(line + "\n"));
                case Meaning.Stray _, Meaning.Aside _ -> {
                    // This system has no words for it.
                }
            }
        }
        return frames;
    }

    /// The SDK's own sentence, which clients know.
    private static String described(Meaning.Exit e) {
        return e.crashed() && e.code() != null
                ? "Claude Code process exited with code " + e.code()
                : e.text();
    }

    /// @return null if there is none, or it was told before
    private @Nullable String newFailure(Meaning.Standing standing) {
        if (lastState == null || !standing.state().equals("failed")) {
            return null;
        }
        boolean news = prompted || !lastState.equals("failed");
        boolean told = exit != null && exit.equals(standing.error());
        prompted = false;
        exit = null;
        return news && !told ? standing.error() : null;
    }
}
