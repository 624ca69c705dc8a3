package dev.oriel.app.shell;

import dev.oriel.app.client.SessionInfo;
import org.jspecify.annotations.Nullable;

/// What the header says of the open page.
///
/// @param path the session's folder
/// @param model null for the agent's default
/// @param demo whether a script answers instead of Claude
public record Header(
        String title,
        String path,
        @Nullable String model,
        Mode mode,
        boolean demo,
        boolean session) {

    static Header of(SessionInfo s) {
        return new Header(
                s.title().isBlank() ? "New session" : s.title(),
                s.cwd(),
                s.model(),
                Mode.of(s.permissionMode()),
                s.agent().equals("demo"),
                true);
    }

    static Header begin() {
        return new Header("", "", null, Mode.MANUAL, false, false);
    }
}
