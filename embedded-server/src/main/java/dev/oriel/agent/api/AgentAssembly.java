package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.account.KeyStore;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.checkpoint.Checkpoints;
import dev.oriel.agent.api.command.CommandShell;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.command.SlashCommands;
import dev.oriel.agent.api.context.Compaction;
import dev.oriel.agent.api.control.FileSuggestions;
import dev.oriel.agent.api.control.SettingsReplies;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.hook.HookEngine;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.mcp.McpCommands;
import dev.oriel.agent.api.mcp.McpConnections;
import dev.oriel.agent.api.mcp.McpSettings;
import dev.oriel.agent.api.mcp.McpUser;
import dev.oriel.agent.api.model.ModelCatalog;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.permission.PermissionEngine;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.prompt.Attachments;
import dev.oriel.agent.api.prompt.EnvironmentFacts;
import dev.oriel.agent.api.prompt.ProjectInstructions;
import dev.oriel.agent.api.prompt.SystemPrompt;
import dev.oriel.agent.api.subagent.AgentTool;
import dev.oriel.agent.api.subagent.SubagentTypes;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.tool.file.FileTools;
import dev.oriel.agent.api.tool.other.ConversationTools;
import dev.oriel.agent.api.tool.other.SkillTool;
import dev.oriel.agent.api.tool.other.WebFetchTool;
import dev.oriel.agent.api.tool.other.WebSearchTool;
import dev.oriel.agent.api.tool.search.SearchTools;
import dev.oriel.agent.api.tool.shell.ShellSession;
import dev.oriel.agent.api.tool.shell.ShellTools;
import dev.oriel.agent.api.turn.TurnEngine.Pause;
import dev.oriel.agent.asks.AskEnricher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts one agent together.
final class AgentAssembly {
    /// How long the first request waits for the state of the repository.
    private static final Duration GIT_PATIENCE = Duration.ofMillis(500);

    /// How long the first request waits for MCP servers.
    private static final Duration MCP_PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AgentAssembly.class);

    private final ApiSettings settings;
    private final Account account;
    private final AgentLaunch launch;
    private final Pause pause;
    private final Path privateFolder;
    private final LazyApi api;
    private final ModelCatalog models;
    private final Permissions permissions;
    private final ShellSession shell;
    private final Checkpoints checkpoints;
    private final McpConnections mcp;
    private final Attachments attachments;
    private final ToolContext context;
    private final Commands commands;
    private final SkillTool skills;
    private final ConversationHistory history = new ConversationHistory();
    private final AtomicReference<ApiAgent> agent = new AtomicReference<>();
    private final AtomicBoolean hasWaited = new AtomicBoolean();
    private final List<Tool> ownTools = new ArrayList<>();

    /// @param serverLogins where the tokens of MCP servers are kept
    /// @param pause waits before a failed request is repeated
    AgentAssembly(
            ApiSettings settings,
            Accounts accounts,
            Account account,
            AgentLaunch launch,
            KeyStore serverLogins,
            Pause pause) {
        this.settings = settings;
        this.account = account;
        this.launch = launch;
        this.pause = pause;
        this.privateFolder =
                new ConversationFiles(settings.data()).folder(launch.conversation().id());
        this.api = new LazyApi(settings.connections(), account, accounts);
        this.models =
                new ModelCatalog(
                        api,
                        account.baseUrl(),
                        settings.model() == null ? account.defaultModel() : settings.model());
        this.permissions =
                PermissionEngine.create(
                        launch.cwd(),
                        settings.home(),
                        privateFolder,
                        settings.data(),
                        launch.options().allowedTools(),
                        launch.permissionMode(),
                        settings.mayBypass(),
                        launch.folderTrusted());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(launch.secrets().variables());
        this.shell = new ShellSession(launch.cwd(), environment, settings.sandbox());
        this.mcp =
                new McpConnections(
                        new McpSettings(
                                settings.home(),
                                settings.data(),
                                launch.cwd(),
                                launch.folderTrusted(),
                                launch.secrets().mcpServers(),
                                serverLogins,
                                launch.clients()),
                        new ServerUser());
        this.attachments = new Attachments(launch.cwd(), permissions);
        ReadState files = new ReadState();
        this.checkpoints = new Checkpoints(privateFolder.resolve("checkpoints"));
        this.context =
                new ToolContext(
                        launch.cwd(),
                        new CancelScope(),
                        files,
                        checkpoints,
                        privateFolder,
                        line -> created().emitForTool(line),
                        null);
        this.commands =
                new McpCommands(
                        new SlashCommands(
                                launch.cwd(),
                                settings.home(),
                                launch.folderTrusted(),
                                new CommandShell(this::catalog, permissions, context),
                                attachments),
                        mcp);
        this.skills = new SkillTool(commands, permissions);
    }

    /// The session, for its MCP servers.
    private final class ServerUser implements McpUser {
        @Override
        public ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException {
            return created().output().ask(request, cancel);
        }

        @Override
        public void stderr(String line) {
            LOG.debug("An MCP server wrote: {}", line);
        }
    }

    /// @param onExit called once, when the agent has ended
    ApiAgent create(AgentListener listener, Consumer<ApiAgent> onExit) {
        ownTools.addAll(ConversationTools.all(permissions));
        ownTools.addAll(FileTools.all());
        ownTools.addAll(SearchTools.all());
        ownTools.addAll(ShellTools.all(shell));
        ownTools.add(
                new AgentTool(
                        new SubagentRuns(this::created, this::allTools),
                        SubagentTypes.load(
                                launch.options().agents(), launch.cwd(), settings.home()),
                        shell.background()));
        if (account.kind() == Account.Kind.ANTHROPIC) {
            ownTools.add(new WebSearchTool(api, () -> created().modelId()));
        }
        if (settings.webFetch()) {
            ownTools.add(WebFetchTool.create(api, this::smallModel, this::count));
        }
        AgentControls controls =
                new AgentControls(
                        mcp,
                        checkpoints,
                        shell,
                        new SettingsReplies(
                                launch.cwd(),
                                settings.home(),
                                launch.folderTrusted(),
                                launch.options().allowedTools()),
                        new FileSuggestions(launch.cwd()));
        AgentParts parts =
                new AgentParts(
                        account,
                        api,
                        models,
                        history,
                        permissions,
                        hooks(),
                        commands,
                        this::mentioned,
                        (messages, output, usage) ->
                                new Compaction(
                                        history, api, messages, output::emit, usage::add, pause),
                        this::catalog,
                        systemPrompt(),
                        context,
                        pause,
                        IdleMemory.Scheduler::real,
                        controls,
                        controls,
                        this::close);
        ApiAgent created =
                new ApiAgent(launch, new AskEnricher(launch.cwd(), listener), parts, onExit);
        agent.set(created);
        return created;
    }

    private List<String> mentioned(String prompt) {
        List<String> texts = new ArrayList<>(attachments.of(prompt));
        texts.addAll(mcp.mentioned(prompt, privateFolder));
        return texts;
    }

    /// The model for work that needs little: the account's Haiku, if it has one.
    private String smallModel() {
        ModelInfo small = account.kind() == Account.Kind.ANTHROPIC ? models.find("haiku") : null;
        return small == null || small.id().equals("haiku") ? created().modelId() : small.id();
    }

    private void count(String model, ObjectNode usage) {
        ModelInfo info = models.find(model);
        if (info != null) {
            created().usage().add(info, usage);
        }
    }

    private ApiAgent created() {
        ApiAgent created = agent.get();
        if (created == null) {
            throw new IllegalStateException("the agent is not created yet");
        }
        return created;
    }

    private List<Tool> allTools() {
        List<Tool> all = new ArrayList<>(ownTools);
        if (commands.skillReminder() != null) {
            all.add(skills);
        }
        all.addAll(mcpTools());
        launch.tools().tools().forEach(t -> all.add(new ClientTool(t, launch.tools())));
        return all;
    }

    /// Waits for the servers only the first time: one that does not answer must not slow down each
    /// request.
    private List<Tool> mcpTools() {
        try {
            return mcp.tools(hasWaited.getAndSet(true) ? Duration.ZERO : MCP_PATIENCE);
        } catch (InterruptedException e) {
            return List.of(); // the turn was interrupted, and sees it itself
        }
    }

    private Hooks hooks() {
        return new HookEngine(
                new HookEngine.Place(
                        launch.conversation().id(),
                        launch.cwd(),
                        settings.home(),
                        launch.folderTrusted(),
                        permissions::mode,
                        () -> created().effort(),
                        launch.clients()),
                line -> created().emitForTool(line));
    }

    private ToolCatalog catalog() {
        return new ToolCatalog(allTools(), launch.options().tools());
    }

    private SystemPrompt systemPrompt() {
        return new SystemPrompt(
                launch.options().systemPrompt(),
                () ->
                        EnvironmentFacts.read(
                                launch.cwd(),
                                launch.folderTrusted(),
                                LocalDate.now(ZoneId.systemDefault()),
                                GIT_PATIENCE),
                () -> ProjectInstructions.read(launch.cwd(), settings.home()),
                permissions::mode,
                () -> catalog().names());
    }

    private void close() {
        api.close();
        mcp.close();
        shell.close();
    }
}
