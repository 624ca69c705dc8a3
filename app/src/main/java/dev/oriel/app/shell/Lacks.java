package dev.oriel.app.shell;

import dev.oriel.client.Capability;
import dev.oriel.client.Kind;

/// Why parts of the window are greyed out: what the server cannot do, a sentence each, empty where
/// it can.
public record Lacks(String sessions, String stop, String folder, String mode, String model) {
    static final Lacks NOTHING = new Lacks("", "", "", "", "");

    static Lacks of(Kind kind) {
        return new Lacks(
                kind.can(Capability.SESSIONS)
                        ? ""
                        : "This server has one conversation. Delete it to begin another.",
                kind.can(Capability.INTERRUPT) ? "" : "This server cannot stop an answer.",
                kind.can(Capability.FOLDER) ? "" : "This server chooses the folder itself.",
                kind.can(Capability.MODE) ? "" : "This server chooses by itself what it asks.",
                kind.can(Capability.MODEL) ? "" : "This server chooses the model itself.");
    }
}
