package dev.oriel.app.shell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How much Claude may do without asking. The wire names are those of the CLI. Not all modes are
/// offered, but the mode of a session is always shown.
public enum PermissionMode {
    MANUAL("default", "Manual", "Asks before it changes or runs anything"),
    ACCEPT_EDITS("acceptEdits", "Accept edits", "Changes files in the folder without asking"),
    PLAN("plan", "Plan", "Reads and plans, changes nothing"),
    AUTO("auto", "Auto", "Decides by itself what to ask about"),
    DONT_ASK("dontAsk", "Don’t ask", "Refuses what is not allowed already, without asking"),
    BYPASS("bypassPermissions", "Bypass", "Runs and changes anything, never asks"),
    /// A mode of a newer agent. It cannot be chosen.
    OTHER("", "Other mode", "A mode that this version of Oriel does not know");

    private final String wireName;
    private final String label;
    private final String description;

    PermissionMode(String wireName, String label, String description) {
        this.wireName = wireName;
        this.label = label;
        this.description = description;
    }

    /// @return [#MANUAL] for null, [#OTHER] for a name that is not known: it may be a mode in which
    ///   the agent does not ask
    static PermissionMode fromWire(@Nullable String wire) {
        return wire == null
                ? MANUAL
                : Arrays.stream(values())
                        .filter(m -> m.wireName.equals(wire))
                        .findFirst()
                        .orElse(OTHER);
    }

    /// Its name on the wire; empty for [#OTHER].
    public String wireName() {
        return wireName;
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }
}
