package dev.oriel.app.composer.complete;

import java.util.Map;

/// Commands of the CLI that work in a terminal only, each with a sentence that says so.
final class TerminalCommands {
    private static final String LOG_IN = "Run `claude` in a terminal to log in or out.";
    private static final String LOOKS =
            "This changes how the CLI looks in a terminal. Oriel has its own settings.";

    private static final Map<String, String> SENTENCES =
            Map.ofEntries(
                    Map.entry("login", LOG_IN),
                    Map.entry("logout", LOG_IN),
                    Map.entry("setup-token", LOG_IN),
                    Map.entry("color", LOOKS),
                    Map.entry("focus", LOOKS),
                    Map.entry("theme", LOOKS),
                    Map.entry("statusline", LOOKS),
                    Map.entry("terminal-setup", LOOKS),
                    Map.entry("vim", "This changes the keys of the CLI in a terminal."),
                    Map.entry("keybindings", "This changes the keys of the CLI in a terminal."),
                    Map.entry("ide", "This connects an editor to the CLI in a terminal."),
                    Map.entry("exit", "Close the window instead; the session is kept."),
                    Map.entry("resume", "Choose the session in the list at the left."),
                    Map.entry("permissions", "Asks offer the rules that can be saved."),
                    Map.entry("hooks", "Hooks are edited in the CLI's settings files."));

    private TerminalCommands() {}

    /// The commands, without the slash, each with its sentence.
    static Map<String, String> sentences() {
        return SENTENCES;
    }
}
