package dev.oriel.session;

import dev.oriel.agent.AgentOptions;
import org.jspecify.annotations.Nullable;

/// How much a client may ask to be kept with a session, which is held in memory as long as the
/// session is open.
final class SessionLimits {
    /// Characters of the options as they are journaled, of which a system prompt may be nearly all.
    static final int MOST_OPTIONS = 1024 * 1024;

    private static final int MOST_MODEL = 200;

    private SessionLimits() {}

    /// @throws BadRequestException if it is too much; its message says what
    static void check(@Nullable String model, AgentOptions options) throws BadRequestException {
        if (model != null && model.length() > MOST_MODEL) {
            throw new BadRequestException("model must have at most " + MOST_MODEL + " characters");
        }
        if (!options.equals(AgentOptions.NONE) && options.toJson().length() > MOST_OPTIONS) {
            throw new BadRequestException(
                    "system prompt, agents and tools must have at most 1 MiB together");
        }
    }
}
