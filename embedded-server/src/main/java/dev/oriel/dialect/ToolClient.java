package dev.oriel.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.session.tools.ToolCall;
import dev.oriel.session.tools.ToolOwner;
import java.util.function.Consumer;

/// A client that runs tools; calls are sent to it as frames. Thread-safe.
public final class ToolClient implements ToolOwner {
    private final Consumer<ObjectNode> frames;

    /// @param frames sends a frame in the dialect's framing
    public ToolClient(Consumer<ObjectNode> frames) {
        this.frames = frames;
    }

    @Override
    public void onCall(ToolCall call) {
        frames.accept(ToolFrames.call(call));
    }

    @Override
    public void onWithdrawn(String callId, String why) {
        frames.accept(ToolFrames.withdrawn(callId, why));
    }
}
