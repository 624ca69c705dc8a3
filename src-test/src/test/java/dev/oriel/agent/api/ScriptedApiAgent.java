package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ClientRequestHandler;
import dev.oriel.agent.ConversationLog;
import dev.oriel.agent.ToolHost;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.command.Commands;
import dev.oriel.agent.api.context.Compaction;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.hook.Hooks;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.model.Models;
import dev.oriel.agent.api.permission.Permissions;
import dev.oriel.agent.api.prompt.SystemBlocks;
import dev.oriel.agent.api.tool.FileChangeListener;
import dev.oriel.agent.api.tool.ReadState;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.tool.ToolContext;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.UserMessages;
import dev.oriel.testing.agent.CollectingAgentListener;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.SettablePermissions;
import dev.oriel.testing.manual.ManualTimer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An agent with a scripted API and tools of the test. Set its fields before [#start].
final class ScriptedApiAgent implements AutoCloseable {
    static final ModelInfo MODEL =
            new ModelInfo(
                    "test-model",
                    "Test",
                    "",
                    200_000,
                    8_000,
                    ModelInfo.Thinking.NONE,
                    List.of(),
                    new ModelInfo.Price(4, 20, 5, 8, 0.4));

    final FakeApi api = new FakeApi();
    final CollectingAgentListener events = new CollectingAgentListener();
    final List<Tool> tools = new ArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final ConversationHistory history = new ConversationHistory();
    Permissions permissions = new SettablePermissions();
    Hooks hooks = Hooks.NONE;
    Commands commands = Commands.NONE;
    Function<String, List<String>> attachments = _ -> List.of();
    ContextLimit limit = new NoLimit();

    /// Whether the conversation is really summarized, instead of [#limit].
    boolean summarizes;

    SystemBlocks system = List::of;
    ControlExtension controls = ControlExtension.NONE;
    TurnNotices notices = TurnNotices.NONE;
    ConversationLog log = ConversationLog.EMPTY;
    final ManualTimer idle = new ManualTimer();

    /// The prompts and what was emitted, in order.
    final List<Message> journal = new CopyOnWriteArrayList<>();

    private final Path folder;
    private @Nullable ApiAgent agent;

    ScriptedApiAgent(Path folder) {
        this.folder = folder;
    }

    ApiAgent start() {
        ApiAgent created = create();
        created.start();
        return created;
    }

    /// Creates the agent without its thread.
    ApiAgent create() {
        AgentLaunch launch =
                new AgentLaunch(
                        new AgentLaunch.Conversation.Fresh(UUID.randomUUID()),
                        folder,
                        null,
                        null,
                        AgentOptions.NONE,
                        AgentSecrets.NONE,
                        ToolHost.NONE,
                        ClientRequestHandler.NONE,
                        true,
                        log);
        AgentParts parts =
                new AgentParts(
                        new Account(
                                "one",
                                "One",
                                Account.Kind.GATEWAY,
                                URI.create("http://127.0.0.1:1"),
                                Account.Auth.NONE,
                                Map.of(),
                                null,
                                List.of()),
                        api,
                        new OneModel(),
                        history,
                        permissions,
                        hooks,
                        commands,
                        attachments,
                        (messages, output, usage) ->
                                summarizes
                                        ? new Compaction(
                                                history,
                                                api,
                                                messages,
                                                output::emit,
                                                usage::add,
                                                (_, cancel) -> cancel.check())
                                        : limit,
                        () -> new ToolCatalog(tools, null),
                        system,
                        new ToolContext(
                                folder,
                                new CancelScope(),
                                new ReadState(),
                                FileChangeListener.NONE,
                                folder,
                                _ -> {},
                                null),
                        (duration, cancel) -> {
                            pauses.add(duration);
                            cancel.check();
                        },
                        this::schedule,
                        controls,
                        notices,
                        api::close);
        ApiAgent created = new ApiAgent(launch, this::journal, parts, _ -> {});
        agent = created;
        return created;
    }

    private Runnable schedule(Duration delay, Runnable action) {
        Future<?> due = idle.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    private void journal(AgentEvent event) {
        if (event instanceof AgentEvent.Output(Message message)) {
            journal.add(message);
        }
        events.onEvent(event);
    }

    /// @return its uuid
    String prompt(String text) {
        return prompt(text, false);
    }

    String promptInMidTurn(String text) {
        return prompt(text, true);
    }

    private String prompt(String text, boolean isMidTurn) {
        UUID uuid = UUID.randomUUID();
        Message user = UserMessages.prompt(uuid, text);
        journal.add(user);
        if (isMidTurn) {
            agent().sendMidTurnPrompt(user);
        } else {
            agent().sendPrompt(user);
        }
        return uuid.toString();
    }

    /// @return the inner `response` object
    ObjectNode control(String subtype) {
        return control(Json.object().put("subtype", subtype));
    }

    ObjectNode control(ObjectNode request) {
        return agent().sendControlRequest(request, Duration.ofMinutes(1)).join();
    }

    /// Replies to an ask.
    void reply(Message ask, ObjectNode decision) {
        ObjectNode line = Json.object().put("type", "control_response");
        line.putObject("response")
                .put("subtype", "success")
                .put("request_id", ask.requestId())
                .set("response", decision);
        agent().reply(Message.of(line));
    }

    ApiAgent agent() {
        if (agent == null) {
            throw new IllegalStateException("not started");
        }
        return agent;
    }

    /// What the tools have returned, in the order of the messages.
    List<String> toolResults() {
        return events.messages("user").stream()
                .map(m -> m.tree().path("message").path("content").path(0))
                .filter(block -> block.path("type").asText().equals("tool_result"))
                .map(block -> block.path("content").asText())
                .toList();
    }

    /// The texts of `user` messages that are no results of tools.
    List<String> userTexts() {
        return events.messages("user").stream()
                .map(m -> m.tree().path("message").path("content").path(0))
                .filter(block -> block.path("type").asText().equals("text"))
                .map(block -> block.path("text").asText())
                .toList();
    }

    /// `state` of the prompt's `command_lifecycle` messages.
    List<String> lifecycle(String prompt) {
        return events.messages("command_lifecycle").stream()
                .filter(m -> m.tree().path("command_uuid").asText().equals(prompt))
                .map(m -> m.tree().path("state").asText())
                .toList();
    }

    /// Parses one message of a request.
    static ObjectNode parse(byte[] message) {
        try {
            return Json.parseObject(message);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
            events.awaitExit();
        }
    }

    /// One model.
    private static final class OneModel implements Models {
        @Override
        public List<ModelInfo> list(CancelScope cancel) {
            return List.of(MODEL);
        }

        @Override
        public @Nullable ModelInfo find(@Nullable String name) {
            return name == null || name.equals(MODEL.id()) ? MODEL : null;
        }
    }

    /// A model without a limit.
    private static final class NoLimit implements ContextLimit {
        @Override
        public boolean isReached(TurnSettings settings) {
            return false;
        }

        @Override
        public boolean compact(TurnSettings settings, CancelScope cancel) {
            return false;
        }
    }
}
