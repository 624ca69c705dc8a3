package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.app.desktop.LoginItem;
import dev.oriel.app.desktop.LoginItems;
import dev.oriel.app.updates.BuildInfo;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What is this machine's, or a test's.
///
/// @param clis makes the agents of the `claude` CLI
/// @param login how the system opens Oriel; empty where nothing is installed
/// @param build where newer versions are told of
/// @param browser opens a page
record SystemServices(
        Function<CliSettings, ClaudeCli> clis,
        Optional<LoginItem> login,
        BuildInfo build,
        Consumer<String> browser) {

    static SystemServices ofSystem() {
        return new SystemServices(
                ClaudeCli::new, LoginItems.find(), BuildInfo.load(), SystemBrowser::open);
    }
}
