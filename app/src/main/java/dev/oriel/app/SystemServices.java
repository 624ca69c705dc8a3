package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.app.desktop.LoginItem;
import dev.oriel.app.desktop.LoginItems;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.client.ServerClient;
import dev.oriel.client.account.AccountRequests;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The services of the operating system and of this installation, which tests replace.
///
/// @param clis creates the agents of the `claude` CLI
/// @param login starts Oriel when the user logs in; empty if Oriel was not installed from a package
/// @param build where newer versions are published
/// @param browser opens an address
/// @param accounts the accounts of the Messages API of a server; null if it has none
/// @param environment variables of the process, which may set an account of the Messages API
record SystemServices(
        Function<CliSettings, ClaudeCli> clis,
        Optional<LoginItem> login,
        BuildInfo build,
        Consumer<String> browser,
        Function<ServerClient, @Nullable AccountRequests> accounts,
        Map<String, String> environment) {

    SystemServices(
            Function<CliSettings, ClaudeCli> clis,
            Optional<LoginItem> login,
            BuildInfo build,
            Consumer<String> browser) {
        this(clis, login, build, browser, ServerClient::accounts, Map.of());
    }

    static SystemServices ofSystem() {
        return new SystemServices(
                ClaudeCli::new,
                LoginItems.find(),
                BuildInfo.load(),
                SystemBrowser::open,
                ServerClient::accounts,
                System.getenv());
    }
}
