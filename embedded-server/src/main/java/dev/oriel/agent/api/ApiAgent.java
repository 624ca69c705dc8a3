package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentEvent;
import dev.oriel.agent.AgentGoneException;
import dev.oriel.agent.AgentLaunch;
import dev.oriel.agent.AgentListener;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.turn.ContextLimit;
import dev.oriel.agent.api.turn.TurnEngine;
import dev.oriel.agent.api.turn.TurnEngine.SettingsSource;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutcome;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.turn.TurnUsage;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An agent that talks to the Messages API. Its turns run on one virtual thread; control requests
/// are answered on others, also in mid-turn.
final class ApiAgent implements Agent {
    private static final Logger LOG = System.getLogger(ApiAgent.class.getName());

    /// Turns that ends of background tasks start without a prompt between them. A model that starts
    /// a task in each would never rest.
    private static final int MAX_UNPROMPTED = 50;

    private final AgentListener listener;
    private final AgentLaunch launch;
    private final AgentParts parts;
    private final AgentInbox inbox = new AgentInbox();
    private final TurnMessages messages;
    private final ModelSettings settings;
    private final TurnUsage usage;
    private final ControlAnswers controls;
    private final PromptIntake intake;
    private final ContextLimit limit;
    private final Consumer<ApiAgent> onExit;
    private final IdleMemory memory;
    private final AgentOutput output;

    /// Requests that an earlier agent of the session has accepted.
    private final Queue<ObjectNode> replays = new ConcurrentLinkedQueue<>();

    /// Set by the agent's thread when it ends, read by any thread.
    private volatile boolean gone;

    /// Turns since the last prompt. Confined to the agent's thread, as the following.
    private int unprompted;

    /// News that waits for the next prompt.
    private final List<String> pending = new ArrayList<>();

    /// Uuids of the prompts that the running turn answers.
    private final List<String> prompts = new ArrayList<>();

    /// @param onExit called once, before the last event
    ApiAgent(
            AgentLaunch launch,
            AgentListener listener,
            AgentParts parts,
            Consumer<ApiAgent> onExit) {
        this.onExit = onExit;
        this.launch = launch;
        this.listener = listener;
        this.parts = parts;
        this.messages = new TurnMessages(launch.conversation().id());
        this.output = new AgentOutput(listener, parts.history(), inbox, messages, new Turns());
        this.memory = new IdleMemory(parts.history(), launch.log(), parts.scheduler());
        this.settings = new ModelSettings(parts.models(), launch);
        this.usage = new TurnUsage();
        this.limit = parts.limit().create(messages, output, usage);
        SettingsSource source = cancel -> turnSettings(cancel, parts.tools().get(), null);
        BuiltInCommands commands =
                new BuiltInCommands(
                        parts, settings, usage, messages, output, limit, source, memory);
        this.intake = new PromptIntake(parts, settings, commands, messages, output);
        this.controls = new ControlAnswers(parts, settings, commands, inbox, messages, output);
    }

    void start() {
        Thread.ofVirtual().name("oriel-api").start(this::run);
    }

    @Override
    public void sendPrompt(Message user) {
        parts.api().prepare();
        inbox.add(user, false);
    }

    @Override
    public void sendMidTurnPrompt(Message user) {
        inbox.add(user, true);
    }

    @Override
    public CompletableFuture<ObjectNode> sendControlRequest(ObjectNode request, Duration deadline) {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        if (gone) {
            answer.completeExceptionally(new AgentGoneException());
            return answer;
        }
        Thread.ofVirtual()
                .name("oriel-api-control")
                .start(() -> {
                    try {
                        replay();
                        answer.complete(controls.answer(request));
                    } catch (RuntimeException e) {
                        LOG.log(Logger.Level.WARNING, "A control request failed", e);
                        answer.complete(
                                ControlAnswers.error(
                                        "The request failed with an internal error.", "internal"));
                    }
                });
        return answer.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Takes effect before the next prompt, and before the answer to the next request.
    @Override
    public void replayControlRequest(ObjectNode request) {
        replays.add(request);
    }

    private synchronized void replay() {
        for (ObjectNode next = replays.poll(); next != null; next = replays.poll()) {
            controls.answer(next);
        }
    }

    @Override
    public void reply(Message response) {
        String requestId = response.requestId();
        if (requestId != null && response.tree().path("response") instanceof ObjectNode inner) {
            inbox.addReply(requestId, inner);
        }
    }

    @Override
    public CompletableFuture<Void> interrupt() {
        inbox.interrupt(false);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        inbox.close();
    }

    /// Ends the agent and what it has started, and waits until that is done.
    void closeNow() {
        inbox.close();
        parts.close().run();
    }

    /// Runs the agent on the caller's thread until it has ended.
    void run() {
        try {
            ConversationFiles.noteOrigin(parts.context().privateFolder(), launch.conversation());
            parts.notices().onNews(inbox::addNews);
            launch.log().readRecent(this::onHistory);
            while (true) {
                memory.release();
                AgentInbox.Begin turn = inbox.next();
                if (turn == null) {
                    break;
                }
                memory.hold();
                replay();
                runTurn(turn);
            }
            exit(AgentEvent.ExitCause.ASKED, List.of());
        } catch (InterruptedException e) {
            exit(AgentEvent.ExitCause.ASKED, List.of());
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "The agent ended with an error", e);
            exit(AgentEvent.ExitCause.CRASHED, List.of("The agent ended with an internal error."));
        }
    }

    private void exit(AgentEvent.ExitCause cause, List<String> reasons) {
        gone = true;
        parts.close().run();
        onExit.accept(this);
        listener.onEvent(new AgentEvent.Exited(0, cause, reasons));
    }

    private void runTurn(AgentInbox.Begin begin) throws InterruptedException {
        Message prompt = begin.prompt();
        List<String> news = prompt == null ? takeNews() : List.of();
        if (prompt == null && (news.isEmpty() || ++unprompted > MAX_UNPROMPTED)) {
            pending.addAll(news);
            if (!inbox.endTurn()) {
                output.emit(messages.state("idle"));
            }
            return;
        }
        long started = System.nanoTime();
        usage.startTurn();
        prompts.clear();
        output.emit(messages.state("running"));
        if (prompt != null) {
            unprompted = 0;
            start(prompt);
        }
        output.emit(controls.init());
        if (prompt != null) {
            synchronized (parts.history()) {
                parts.history().append(prompt);
            }
            parts.notices().onPrompt(prompt);
        }
        parts.notices().forUser().forEach(n -> output.emit(messages.informational(n, "info")));
        news.forEach(text -> output.emit(messages.synthetic(text)));
        tellModel();
        TurnEngine turn = new TurnEngine(turnParts(), parts.context().withCancel(begin.cancel()));
        TurnOutcome outcome;
        try (Escalation _ = new Escalation(begin.cancel())) {
            outcome = prompt == null ? turn.run() : run(prompt, turn, begin.cancel());
        }
        parts.permissions().endTurn();
        settings.setTurnModel(null);
        for (String notice : parts.permissions().takeNotices()) {
            output.emit(messages.informational(notice, "warning"));
        }
        boolean hasMore = inbox.endTurn();
        ObjectNode result =
                ResultMessages.result(
                        messages,
                        turn,
                        outcome,
                        usage,
                        Duration.ofNanos(System.nanoTime() - started),
                        prompts);
        if (prompt == null) {
            result.putObject("origin").put("kind", "task-notification");
        }
        output.emit(Message.of(result));
        String end = outcome instanceof TurnOutcome.Interrupted ? "cancelled" : "completed";
        prompts.forEach(uuid -> output.emit(messages.lifecycle(uuid, end)));
        if (!hasMore) {
            output.emit(messages.state("idle"));
        }
    }

    private void tellModel() {
        takeNews().forEach(text -> output.emit(messages.synthetic(text)));
    }

    /// What the model has not been told yet.
    private List<String> takeNews() {
        inbox.clearNews();
        List<String> news = new ArrayList<>(pending);
        pending.clear();
        news.addAll(parts.notices().forModel());
        return news;
    }

    private void onHistory(Message message) {
        parts.history().append(message);
        usage.onHistory(message);
        intake.onHistory(message);
    }

    private TurnOutcome run(Message prompt, TurnEngine turn, CancelScope cancel)
            throws InterruptedException {
        TurnOutcome end;
        try {
            parts.notices().beforeModel(parts.permissions().mode(), cancel);
            end = intake.take(prompt, cancel);
        } catch (CancellationException e) {
            end = null; // the turn sees it too
        }
        return end == null ? turn.run() : end;
    }

    private void start(Message prompt) {
        String uuid = prompt.uuid();
        if (uuid != null) {
            prompts.add(uuid);
            output.emit(
                    List.of(
                            messages.lifecycle(uuid, "queued"),
                            messages.lifecycle(uuid, "started")));
        }
    }

    private TurnEngine.Parts turnParts() {
        return new TurnEngine.Parts(
                messages,
                output,
                parts.history(),
                parts.api(),
                cancel -> turnSettings(cancel, parts.tools().get(), null),
                usage,
                parts.permissions(),
                parts.hooks(),
                limit,
                parts.pause(),
                true);
    }

    /// Emits a message of a tool.
    void emitForTool(ObjectNode line) {
        if (!line.has("session_id")) {
            line.put("session_id", messages.conversation().toString());
        }
        if (!line.has("uuid")) {
            line.put("uuid", UUID.randomUUID().toString());
        }
        output.emit(Message.of(line));
    }

    /// The id of the model in use; empty if none is known.
    String modelId() {
        ModelInfo model = settings.model();
        return model == null ? "" : model.id();
    }

    @Nullable String effort() {
        return settings.effort();
    }

    AgentParts parts() {
        return parts;
    }

    TurnMessages messages() {
        return messages;
    }

    TurnUsage usage() {
        return usage;
    }

    TurnOutput output() {
        return output;
    }

    /// @param prompt replaces the system prompt; null for the session's
    TurnSettings turnSettings(CancelScope cancel, ToolCatalog tools, @Nullable String prompt)
            throws ApiException {
        List<ObjectNode> system =
                prompt == null
                        ? parts.system().get()
                        : List.of(Json.object().put("type", "text").put("text", prompt));
        return settings.forTurn(system, tools, cancel);
    }

    /// What the output needs of the turns.
    private final class Turns implements AgentOutput.Turns {
        @Override
        public void onOutput(Message message) {
            intake.onOutput(message);
        }

        @Override
        public List<Message> takePrompts() {
            tellModel();
            List<Message> taken = inbox.takeMidTurn();
            taken.forEach(ApiAgent.this::start);
            return taken;
        }
    }
}
