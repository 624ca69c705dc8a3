package dev.oriel.app.shell;

import dev.oriel.client.Capability;
import dev.oriel.client.ServerKind;

/// Why parts of the window are greyed out: what the server cannot do, a sentence each, empty where
/// it can.
public record UnsupportedFeatures(
        String sessions, String stop, String folder, String mode, String model) {
    static final UnsupportedFeatures NONE = new UnsupportedFeatures("", "", "", "", "");

    public static UnsupportedFeatures from(ServerKind kind) {
        return new UnsupportedFeatures(
                kind.supports(Capability.SESSIONS)
                        ? ""
                        : "This server has one conversation. Delete it to begin another.",
                kind.supports(Capability.INTERRUPT) ? "" : "This server cannot stop an answer.",
                kind.supports(Capability.FOLDER) ? "" : "This server chooses the folder itself.",
                kind.supports(Capability.MODE) ? "" : "This server chooses by itself what it asks.",
                kind.supports(Capability.MODEL) ? "" : "This server chooses the model itself.");
    }
}
