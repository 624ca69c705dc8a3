package dev.oriel.session.api;

import dev.oriel.agent.AgentOptions;

/// How much a client may choose for a session or a prompt, which is held in memory while it waits
/// and runs.
public final class SessionLimits {
    /// Characters of the options as they are journaled, of which a system prompt may be nearly all.
    static final int MOST_OPTIONS = 1024 * 1024;

    private static final int MOST_SECRETS = 256 * 1024;
    private static final int MOST_MODEL = 200;

    private SessionLimits() {}

    /// @throws BadRequestException if it is too much; its message says what
    public static void check(PromptSettings setting) throws BadRequestException {
        String model = setting.model();
        if (model != null && model.length() > MOST_MODEL) {
            throw new BadRequestException("model must have at most " + MOST_MODEL + " characters");
        }
        AgentOptions options = setting.options();
        if (!options.equals(AgentOptions.NONE) && options.toJson().length() > MOST_OPTIONS) {
            throw new BadRequestException(
                    "system prompt, agents and tools must have at most 1 MiB together");
        }
        if (setting.secrets().length() > MOST_SECRETS) {
            throw new BadRequestException(
                    "MCP servers and keys must have at most 256 KiB together");
        }
    }
}
