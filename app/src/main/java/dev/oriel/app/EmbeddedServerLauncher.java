package dev.oriel.app;

import dev.oriel.account.Authorities;
import dev.oriel.account.EnvironmentKeys;
import dev.oriel.account.FirstRun;
import dev.oriel.account.StoredAccounts;
import dev.oriel.account.system.KeyStores;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.api.ApiAgents;
import dev.oriel.agent.api.ApiSettings;
import dev.oriel.agent.api.connect.AccountConnections;
import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.agent.demo.DemoProvider;
import dev.oriel.app.server.ServerLauncher;
import dev.oriel.app.settings.AgentTools;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.client.transport.TransportException;
import dev.oriel.gateway.DialectSettings;
import dev.oriel.gateway.EmbeddedServer;
import dev.oriel.gateway.ServerConfig;
import dev.oriel.gateway.ServerStartException;
import dev.oriel.session.api.SessionPolicy;
import dev.oriel.session.api.SessionView;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Starts the embedded server as the window needs it: on loopback, with a token, and with the
/// agents of this computer.
final class EmbeddedServerLauncher implements ServerLauncher {
    private final Path data;
    private final SettingsViewModel settings;
    private final @Nullable String preferred;
    private final Function<CliSettings, ClaudeCli> clis;
    private final Map<String, String> environment;

    /// @param preferred the kind of agent that new sessions get; null for the usual order
    /// @param clis creates the agents of the `claude` CLI
    /// @param environment variables that may set an account of the Messages API
    EmbeddedServerLauncher(
            Path data,
            SettingsViewModel settings,
            @Nullable String preferred,
            Function<CliSettings, ClaudeCli> clis,
            Map<String, String> environment) {
        this.environment = environment;
        this.data = data;
        this.settings = settings;
        this.preferred = preferred;
        this.clis = clis;
    }

    @Override
    public Running start(int port) throws IOException {
        String path = settings.current().cliPath();
        boolean mayBypass = settings.current().allowBypass();
        ClaudeCli cli =
                clis.apply(
                        CliSettings.defaults()
                                .withExecutable(path.isEmpty() ? null : Path.of(path))
                                .withAllowBypass(mayBypass));
        try {
            Authorities.trust(null, environment);
        } catch (TransportException e) {
            throw new IllegalStateException("only a file that is given can fail", e);
        }
        StoredAccounts accounts =
                StoredAccounts.in(
                        data,
                        KeyStores.system(data, environment),
                        EnvironmentKeys.find(environment));
        ApiAgents api = new ApiAgents(apiSettings(accounts, mayBypass));
        List<AgentProvider> agents = ordered(cli, accounts, api);
        try {
            EmbeddedServer server =
                    EmbeddedServer.start(
                            ServerConfig.defaults(data, agents)
                                    .withProgram(ServerConfig.WINDOW)
                                    .withPort(port)
                                    .withDialects(DialectSettings.defaults().withAccounts(accounts))
                                    .withPolicy(SessionPolicy.defaults().withMayBypass(mayBypass)));
            return new Started(server, cli, api);
        } catch (ServerStartException e) {
            cli.close();
            api.close();
            throw e.getCause() instanceof BindException
                    ? portTaken(e)
                    : new IOException(e.getMessage(), e);
        }
    }

    private ApiSettings apiSettings(StoredAccounts accounts, boolean mayBypass) {
        AgentTools tools = settings.current().tools();
        return new ApiSettings(
                accounts,
                new AccountConnections(),
                data,
                Path.of(System.getProperty("user.home")),
                null,
                mayBypass,
                tools.webFetch(),
                tools.sandbox());
    }

    /// The accounts are only read if there is no CLI, so that the start does not wait for them.
    private List<AgentProvider> ordered(ClaudeCli cli, StoredAccounts accounts, ApiAgents api) {
        List<String> kinds =
                cli.isInstalled()
                        ? FirstRun.decide(FirstRun.Cli.INSTALLED, false)
                        : FirstRun.decide(FirstRun.Cli.MISSING, !accounts.list().isEmpty());
        Map<String, AgentProvider> all =
                Map.of(cli.kind(), cli, api.kind(), api, "demo", new DemoProvider());
        List<AgentProvider> agents = new ArrayList<>();
        kinds.forEach(kind -> agents.add(Objects.requireNonNull(all.get(kind))));
        AgentProvider first = preferred == null ? null : all.get(preferred);
        if (first != null) {
            agents.remove(first);
            agents.addFirst(first);
        }
        return agents;
    }

    private static BindException portTaken(ServerStartException e) {
        BindException taken = new BindException(e.getMessage());
        taken.initCause(e);
        return taken;
    }

    private record Started(EmbeddedServer server, ClaudeCli cli, ApiAgents api) implements Running {
        @Override
        public int port() {
            return server.port();
        }

        @Override
        public String token() {
            return server.token();
        }

        @Override
        public int clients() {
            return server.clients().size();
        }

        @Override
        public List<String> busySessions() {
            return server.workingSessions().stream().map(Started::displayName).toList();
        }

        private static String displayName(SessionView session) {
            String title = session.record().title();
            String name = title == null || title.isBlank() ? "A session without a title" : title;
            String origin = session.record().origin();
            return origin.equals("sessions") ? name : name + " (of a client of " + origin + ")";
        }

        @Override
        public void close() {
            server.close();
            api.close();
            cli.close();
        }
    }
}
