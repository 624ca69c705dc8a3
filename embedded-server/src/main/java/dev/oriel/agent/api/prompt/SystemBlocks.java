package dev.oriel.agent.api.prompt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Makes the blocks of the system prompt. Thread-safe.
@FunctionalInterface
public interface SystemBlocks {
    /// The blocks of the next request. May read files.
    List<ObjectNode> get();

    /// The size of the instructions of the user and the project among them, in characters. May read
    /// files.
    default int instructionsSize() {
        return 0;
    }
}
