package dev.oriel.app.account;

import dev.oriel.app.controls.ControlText;
import dev.oriel.app.shell.AccountNames;
import dev.oriel.client.account.LocalServer;
import dev.oriel.message.Graphemes;
import java.util.List;

/// A program on the server's computer that runs models, as it is shown to the user.
///
/// @param name with its version, if that is known
/// @param program its name alone
/// @param host where it answers
public record LocalModelServer(
        String name, String program, String host, String baseUrl, List<LocalModel> models) {
    private static final int LONGEST = 48;

    public LocalModelServer {
        models = List.copyOf(models);
    }

    /// One of its models.
    ///
    /// @param id as requests name it
    /// @param name one line for the user
    public record LocalModel(String id, String name) {}

    static LocalModelServer from(LocalServer s) {
        String version = s.version() == null ? "" : " " + s.version();
        return new LocalModelServer(
                line(s.name() + version),
                line(s.name()),
                AccountNames.host(s.baseUrl()),
                s.baseUrl(),
                s.models().stream()
                        .map(m -> new LocalModel(m.id(), line(m.displayName())))
                        .toList());
    }

    private static String line(String text) {
        return Graphemes.truncate(ControlText.singleLine(text), LONGEST);
    }
}
