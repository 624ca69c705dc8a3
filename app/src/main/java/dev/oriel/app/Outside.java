package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.CliSettings;
import dev.oriel.app.desktop.Installed;
import dev.oriel.app.desktop.LoginStart;
import dev.oriel.app.updates.Published;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What is this machine's, or a test's.
///
/// @param clis makes the agents of the `claude` CLI
/// @param login how the system opens Oriel; empty where nothing is installed
/// @param published where newer versions are told of
/// @param browser opens a page
record Outside(
        Function<CliSettings, ClaudeCli> clis,
        Optional<LoginStart> login,
        Published published,
        Consumer<String> browser) {

    static Outside ofSystem() {
        return new Outside(
                ClaudeCli::new, Installed.atLogin(), Published.ofThisProgram(), Browser::open);
    }
}
