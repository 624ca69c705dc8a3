package dev.oriel.app.shell;

import dev.oriel.client.Capability;
import dev.oriel.client.ServerKind;

/// What the connected server cannot do: for each feature a sentence that explains why its control
/// is disabled, empty if the server supports it.
///
/// @param sessions more than one session
/// @param stop interrupting a turn
/// @param folder choosing the working folder
/// @param mode choosing the permission mode
/// @param model choosing the model
/// @param effort choosing how much Claude thinks
/// @param mcp adding MCP servers
/// @param branches returning to an earlier prompt
/// @param attachments images and documents in prompts
public record UnsupportedFeatures(
        String sessions,
        String stop,
        String folder,
        String mode,
        String model,
        String effort,
        String mcp,
        String branches,
        String attachments) {
    static final UnsupportedFeatures NONE =
            new UnsupportedFeatures("", "", "", "", "", "", "", "", "");

    public static UnsupportedFeatures from(ServerKind kind) {
        return new UnsupportedFeatures(
                kind.supports(Capability.SESSIONS)
                        ? ""
                        : "This server has one conversation. Delete it to start another.",
                kind.supports(Capability.INTERRUPT) ? "" : "This server cannot stop an answer.",
                kind.supports(Capability.FOLDER) ? "" : "This server chooses the folder itself.",
                kind.supports(Capability.MODE)
                        ? ""
                        : "This server chooses the permission mode itself.",
                kind.supports(Capability.MODEL) ? "" : "This server chooses the model itself.",
                kind.supports(Capability.EFFORT)
                        ? ""
                        : "On this server, how much Claude thinks cannot be chosen.",
                kind == ServerKind.NATIVE ? "" : "MCP servers cannot be added on this server.",
                kind.supports(Capability.BRANCHES)
                        ? ""
                        : "This server cannot return to an earlier prompt.",
                kind.supports(Capability.ATTACHMENTS)
                        ? ""
                        : "This server accepts text only, no images or documents.");
    }
}
