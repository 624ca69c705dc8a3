package dev.oriel.app.conversation.item;

/// What a user can do about a notice.
public sealed interface NextStep {
    /// What its button says.
    String label();

    /// Sends the last prompt again, or the prompts that wait.
    record SendAgain() implements NextStep {
        @Override
        public String label() {
            return "Send again";
        }
    }

    /// Asks Claude to continue with the last prompt.
    record Continue() implements NextStep {
        @Override
        public String label() {
            return "Continue";
        }
    }

    /// Has Claude replace the conversation so far by a summary.
    record Compact() implements NextStep {
        @Override
        public String label() {
            return "Compact the conversation";
        }
    }

    /// Copies a command for a terminal.
    record CopyCommand(String label, String command) implements NextStep {}

    /// Opens a page of the web.
    record OpenPage(String label, String url) implements NextStep {}

    /// Opens the accounts of the Messages API.
    record OpenAccounts() implements NextStep {
        @Override
        public String label() {
            return "Open accounts";
        }
    }

    /// Opens the settings of the window.
    record OpenSettings() implements NextStep {
        @Override
        public String label() {
            return "Open settings";
        }
    }
}
