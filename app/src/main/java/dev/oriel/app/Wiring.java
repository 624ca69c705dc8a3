package dev.oriel.app;

import dev.oriel.app.account.AccountsState;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.account.FirstRunViewModel;
import dev.oriel.app.account.ServerPlace;
import dev.oriel.app.asks.AskDrafts;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.connection.ServerConnection;
import dev.oriel.app.connection.SessionNavigator;
import dev.oriel.app.desktop.LoginItemViewModel;
import dev.oriel.app.find.FindViewModel;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.mcp.McpViewModel;
import dev.oriel.app.server.RemoteConnector;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.sidebar.SessionList;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.toast.Toasts;
import dev.oriel.app.updates.UpdatesViewModel;
import dev.oriel.app.usage.UsageViewModel;
import dev.oriel.app.work.WorkViewModel;
import dev.oriel.client.AgentInfo;
import dev.oriel.client.FoundMessages;
import dev.oriel.client.PromptLines;
import dev.oriel.client.ServerClient;
import dev.oriel.message.find.TextQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The one place where the view-models of the window are put together. [MainWindow] makes the views
/// for them. Belongs to the JavaFX thread.
final class Wiring implements AutoCloseable {
    private final AppContext context;
    private final ComposerViewModel composer;
    private final AsksViewModel asks;
    private final ShellViewModel shell;
    private final FindViewModel find;
    private final SessionList sessions;
    private final SessionNavigator navigator;
    private final ServerConnection connection;
    private final SidebarViewModel sidebar;
    private final ServerViewModel server;
    private final LoginItemViewModel login;
    private final UpdatesViewModel updates;
    private final UsageViewModel usage;
    private final WorkViewModel work;
    private final McpViewModel mcp;
    private final AccountsViewModel accounts;
    private final FirstRunViewModel firstRun;

    Wiring(AppContext context) {
        this.context = context;
        AppStorage storage = context.storage();
        AppThreads threads = context.threads();
        FxLane fx = threads.fx();
        Clock clock = context.clock();
        Toasts toasts = context.toasts();
        SettingsViewModel settings = storage.settings();
        NetworkClients clients = new NetworkClients(settings, storage.outbox());

        AttachmentsViewModel attachments =
                new AttachmentsViewModel(
                        storage.attachments().store(),
                        storage.attachments().known(),
                        threads.files(),
                        threads.media(),
                        fx,
                        toasts::error);
        composer = new ComposerViewModel(storage.drafts(), attachments, fx, clock, toasts::error);
        asks =
                new AsksViewModel(
                        threads.scheduler(),
                        toasts::info,
                        new AskDrafts(storage.drafts()::get, storage.drafts()::save),
                        composer::keep);
        shell = new ShellViewModel(composer, asks, toasts, threads.scheduler(), clock);
        find = new FindViewModel(this::find, threads.rendering(), fx, threads.scheduler());
        shell.conversation().subscribe(find::setConversation);
        sessions =
                new SessionList(storage.windowState().unseen(), storage.windowState()::setUnseen);
        navigator =
                new SessionNavigator(
                        shell, sessions, storage.outbox(), storage.windowState(), fx, clock);
        work = new WorkViewModel(shell::stopTask, shell::taskOutput, fx, toasts::error);
        Runnable updateWork = () -> work.update(shell.work().get(), composer.turn().get().isBusy());
        shell.work().subscribe(updateWork);
        composer.turn().subscribe(updateWork);
        mcp =
                new McpViewModel(
                        shell::openSession,
                        navigator::addMcpServer,
                        toasts::info,
                        toasts::error,
                        threads.scheduler());
        usage =
                new UsageViewModel(
                        shell::openSession,
                        shell.contextUse(),
                        shell.planUsage(),
                        shell.sessionCost(),
                        navigator::costSince,
                        toasts::error,
                        threads.scheduler(),
                        clock);
        connection = new ServerConnection(clients::create, shell, navigator, fx);
        accounts = accounts(context);
        firstRun = new FirstRunViewModel(accounts, shell.draft(), connection::loadAgents);
        connection.setAgentsListener(new AgentsOfServer(accounts, firstRun));
        attachments.setLocal(() -> !connection.isRemote());
        attachments.setMaxMessage(() -> connection.maxMessageBytes());
        sidebar =
                new SidebarViewModel(
                        sessions, navigator, navigator::search, threads.scheduler(), clock);
        server =
                new ServerViewModel(
                        context.server(),
                        storage.servers(),
                        fx,
                        connection,
                        new RemoteConnector(
                                storage.servers(), clients::detect, clients::connect, fx),
                        toasts::error);
        login =
                new LoginItemViewModel(
                        context.services().login(), threads.desktop(), fx, toasts::error);
        updates =
                new UpdatesViewModel(
                        context.services().build(),
                        settings,
                        storage.updates(),
                        clock,
                        fx,
                        context.services().browser());
        shell.connection()
                .subscribe(label -> server.updateConnection(label.isConnected(), label.detail()));
        settings.settings()
                .subscribe(s -> {
                    composer.setSendKey(s.sendKey());
                    shell.draft().folder().set(s.defaultFolder());
                });
        everyMinute();
    }

    private AccountsViewModel accounts(AppContext of) {
        AccountsViewModel model =
                new AccountsViewModel(
                        () -> {
                            ServerClient client = connection.client();
                            return client == null ? null : of.services().accounts().apply(client);
                        },
                        of.threads().fx(),
                        of.toasts()::info,
                        of.toasts()::error);
        model.setPlace(() -> connection.isRemote() ? ServerPlace.ELSEWHERE : ServerPlace.HERE);
        model.setOnChanged(connection::loadAgents);
        model.state()
                .subscribe(state -> {
                    // What was known stays while a reply is missing.
                    if (state instanceof AccountsState.Known
                            || state instanceof AccountsState.Unknown) {
                        shell.draft().updateAccounts(model.accounts());
                    }
                });
        return model;
    }

    /// Passes on what the server has to the models of accounts.
    private record AgentsOfServer(AccountsViewModel accounts, FirstRunViewModel firstRun)
            implements ServerConnection.AgentsListener {
        @Override
        public void onAgents(List<AgentInfo> agents) {
            firstRun.onAgents();
            if (agents.stream().anyMatch(a -> a.kind().equals("api"))) {
                accounts.load();
            }
        }

        @Override
        public void onOtherServer() {
            accounts.reset();
        }
    }

    private void everyMinute() {
        context.threads()
                .scheduler()
                .schedule(
                        Duration.ofMinutes(1),
                        () -> {
                            sidebar.refresh();
                            updates.check();
                            everyMinute();
                        });
    }

    AppContext context() {
        return context;
    }

    ShellViewModel shell() {
        return shell;
    }

    ComposerViewModel composer() {
        return composer;
    }

    AsksViewModel asks() {
        return asks;
    }

    SessionList sessions() {
        return sessions;
    }

    private CompletableFuture<FoundMessages> find(TextQuery query, long before, long after) {
        OpenSession session = shell.openSession();
        return session == null
                ? CompletableFuture.completedFuture(new FoundMessages(List.of(), 0))
                : session.find(query, before, after);
    }

    CompletableFuture<PromptLines> prompts(long before) {
        OpenSession session = shell.openSession();
        return session == null
                ? CompletableFuture.completedFuture(new PromptLines(List.of(), 0))
                : session.prompts(before);
    }

    FindViewModel find() {
        return find;
    }

    SessionNavigator navigator() {
        return navigator;
    }

    ServerConnection connection() {
        return connection;
    }

    SidebarViewModel sidebar() {
        return sidebar;
    }

    ServerViewModel server() {
        return server;
    }

    LoginItemViewModel login() {
        return login;
    }

    McpViewModel mcp() {
        return mcp;
    }

    AccountsViewModel accounts() {
        return accounts;
    }

    FirstRunViewModel firstRun() {
        return firstRun;
    }

    UsageViewModel usage() {
        return usage;
    }

    WorkViewModel work() {
        return work;
    }

    UpdatesViewModel updates() {
        return updates;
    }

    /// Closes the connection to the server. The context is closed by its owner.
    @Override
    public void close() {
        connection.close();
    }
}
