package dev.oriel.app.asks.scope;

/// Where the agent keeps a rule. The wire names and files are those of the CLI.
public enum RuleScope {
    SESSION("session", "in this session", ""),
    LOCAL("localSettings", "in this folder, for you", ".claude/settings.local.json"),
    PROJECT("projectSettings", "in this folder, for everybody", ".claude/settings.json"),
    USER("userSettings", "in all your folders", "~/.claude/settings.json");

    private final String wireName;
    private final String place;
    private final String file;

    RuleScope(String wireName, String place, String file) {
        this.wireName = wireName;
        this.place = place;
        this.file = file;
    }

    /// @return [#SESSION] for a destination that is not known, because it is forgotten first
    static RuleScope fromWire(String destination) {
        for (RuleScope scope : values()) {
            if (scope.wireName.equals(destination)) {
                return scope;
            }
        }
        return SESSION;
    }

    /// Its name on the wire.
    public String wireName() {
        return wireName;
    }

    /// Where it holds, in words.
    public String place() {
        return place;
    }

    /// Where it is saved: a file, or that it is not saved.
    public String file() {
        return file.isEmpty() ? "not saved to a file" : file;
    }
}
