package dev.oriel.session.api;

import dev.oriel.agent.AgentOptions;

/// Limits for what a client may choose for a session or a prompt, which is held in memory while it
/// waits and runs.
public final class SessionLimits {
    /// Characters of the options in their journaled form, of which a system prompt may be nearly
    /// all.
    static final int MAX_OPTIONS = 1024 * 1024;

    private static final int MAX_SECRETS = 256 * 1024;
    private static final int MAX_MODEL = 200;

    private SessionLimits() {}

    /// @throws BadRequestException if something is too large; the message says what
    public static void check(PromptSettings settings) throws BadRequestException {
        String model = settings.model();
        if (model != null && model.length() > MAX_MODEL) {
            throw new BadRequestException("model must have at most " + MAX_MODEL + " characters");
        }
        AgentOptions options = settings.options();
        if (!options.equals(AgentOptions.NONE) && options.toJson().length() > MAX_OPTIONS) {
            throw new BadRequestException(
                    "system prompt, agents and tools must have at most 1 MiB together");
        }
        if (settings.secrets().length() > MAX_SECRETS) {
            throw new BadRequestException(
                    "MCP servers and keys must have at most 256 KiB together");
        }
    }
}
