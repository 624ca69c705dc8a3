package dev.oriel.app.shell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much Claude may do without asking, by the names that are in use for it. Not all are offered,
/// but whatever a session has is shown.
public enum Mode {
    MANUAL("default", "Manual", "Asks before it changes or runs anything"),
    ACCEPT_EDITS("acceptEdits", "Accept edits", "Changes files in the folder without asking"),
    PLAN("plan", "Plan", "Reads and plans, changes nothing"),
    AUTO("auto", "Auto", "Decides by itself what to ask about"),
    DONT_ASK("dontAsk", "Don’t ask", "Refuses what is not allowed already, without asking"),
    BYPASS("bypassPermissions", "Bypass", "Runs and changes anything, never asks");

    private final String wire;
    private final String label;
    private final String meaning;

    Mode(String wire, String label, String meaning) {
        this.wire = wire;
        this.label = label;
        this.meaning = meaning;
    }

    static Mode of(@Nullable String wire) {
        return Arrays.stream(values()).filter(m -> m.wire.equals(wire)).findFirst().orElse(MANUAL);
    }

    String wire() {
        return wire;
    }

    public String label() {
        return label;
    }

    public String meaning() {
        return meaning;
    }
}
