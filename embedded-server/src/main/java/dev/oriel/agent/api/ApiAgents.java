package dev.oriel.agent.api;

import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.account.EnvironmentKeys;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.KeyStore;
import dev.oriel.account.OwnerFileKeyStore;
import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.AgentProvider;
import dev.oriel.agent.AgentStatus;
import dev.oriel.agent.AgentUnavailableException;
import dev.oriel.agent.ConversationsInUse;
import dev.oriel.agent.api.turn.TurnEngine.Pause;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Starts agents on the Messages API. Thread-safe. Close it after its sessions: it ends the
/// commands that agents have started.
public final class ApiAgents implements AgentProvider, AutoCloseable {
    /// The kind of these agents.
    public static final String KIND = "api";

    private final ApiSettings settings;
    private final Pause pause;
    private final ConversationFiles files;

    /// The tokens of MCP servers, for all agents: one object writes the file.
    private final KeyStore serverLogins;

    private final Set<DeferredAgent> agents = new HashSet<>(); // guarded by this
    private @Nullable Thread hook; // guarded by this
    private boolean closed; // guarded by this

    public ApiAgents(ApiSettings settings) {
        this(settings, Pause::real);
    }

    /// @param pause waits before a failed request is repeated
    ApiAgents(ApiSettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        this.files = new ConversationFiles(settings.data());
        this.serverLogins = new OwnerFileKeyStore(settings.data().resolve("mcp-logins.json"));
    }

    @Override
    public String kind() {
        return KIND;
    }

    /// Looks only whether there is an account: neither the key store nor a server is asked.
    @Override
    public AgentStatus status() {
        Account account = settings.accounts().find(null);
        return account == null
                ? new AgentStatus.Missing(
                        "There is no account of the Messages API.",
                        "Add an account: a key of Anthropic, a gateway, or a local model.")
                : new AgentStatus.Ready(null, account.baseUrl().getHost());
    }

    @Override
    public Agent start(AgentLaunch launch, AgentListener listener)
            throws AgentUnavailableException {
        // A client's own key goes before the accounts of the server.
        FixedAccount clients = EnvironmentKeys.find(launch.secrets().variables());
        Accounts accounts = clients == null ? settings.accounts() : StoredAccounts.only(clients);
        String wanted = clients == null ? launch.options().account() : null;
        Account account = accounts.find(wanted);
        if (account == null) {
            throw new AgentUnavailableException(
                    wanted == null
                            ? "There is no account. Add a key, a gateway or a local model first."
                            : "The account of this session was removed. Choose another one.");
        }
        synchronized (this) {
            if (closed) {
                throw new AgentUnavailableException("The server is shutting down.");
            }
            if (hook == null) {
                hook = new Thread(this::closeAll, "oriel-api-shutdown");
                Runtime.getRuntime().addShutdownHook(hook);
            }
            DeferredAgent agent =
                    new DeferredAgent(
                            launch.conversation().id(),
                            listener,
                            onExit ->
                                    new AgentAssembly(
                                                    settings,
                                                    accounts,
                                                    account,
                                                    launch,
                                                    serverLogins,
                                                    pause)
                                            .create(listener, onExit),
                            this::forget);
            agents.add(agent);
            agent.start();
            return agent;
        }
    }

    @Override
    public void deleteUnused(ConversationsInUse inUse) throws IOException {
        files.deleteUnused(() -> {
            // The session of an agent that has just begun may not know its conversation yet.
            Set<UUID> all = new HashSet<>(running());
            all.addAll(inUse.read());
            return all;
        });
    }

    private synchronized List<UUID> running() {
        return agents.stream().map(DeferredAgent::conversation).toList();
    }

    private synchronized void forget(DeferredAgent agent) {
        agents.remove(agent);
    }

    private void closeAll() {
        List<DeferredAgent> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(agents);
        }
        running.forEach(DeferredAgent::closeNow);
    }

    /// Ends all agents and what they have started.
    @Override
    public void close() {
        closeAll();
        Thread added;
        synchronized (this) {
            added = hook;
        }
        if (added != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(added);
            } catch (IllegalStateException e) {
                // The program is ending, and the hook runs or has run.
            }
        }
    }
}
