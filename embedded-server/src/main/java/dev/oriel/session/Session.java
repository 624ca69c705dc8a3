package dev.oriel.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.Agent;
import dev.oriel.agent.AgentOptions;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.agent.ToolResult;
import dev.oriel.journal.JournalException;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.PermissionModes;
import dev.oriel.session.api.SessionLimits;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.command.ClientCommands;
import dev.oriel.session.event.EventMessages;
import dev.oriel.session.event.Subscriber;
import dev.oriel.session.lane.Lane;
import dev.oriel.session.tools.ToolDefinition;
import dev.oriel.session.tools.ToolOwner;
import dev.oriel.session.turn.SessionCore;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One conversation, as clients reach it: its agent, its journal, its queue, its pending asks, its
/// subscribers.
///
/// **Thread.** Every method may be called from any thread and returns at once; what it asks for
/// happens on the session's lane, in the order of the calls. Answers go to the subscriber that
/// asked.
public final class Session {
    /// Bytes of prompts that may be on their way to the lane. It may be busy, and whoever sends
    /// them need not notice.
    private static final long MOST_ON_THE_WAY = 32L * 1024 * 1024;

    private static final String STANDARD_MODE = "default";

    private final AtomicLong onTheWay = new AtomicLong();
    private final UUID id;
    private final Lane lane;
    private final SessionCore core;
    private final ClientCommands requests;

    Session(UUID id, Lane lane, SessionCore core) {
        this.id = id;
        this.lane = lane;
        this.core = core;
        this.requests = new ClientCommands(core);
    }

    public UUID id() {
        return id;
    }

    /// Attaches a subscriber: it gets what comes after a position, without a gap and without a
    /// repeat, then how things stand.
    ///
    /// @param after seq to begin after, 0 for the whole conversation; null for live messages only
    public void subscribe(Subscriber subscriber, @Nullable Long after) {
        if (!lane.post(() -> core.subscribe(subscriber, after))) {
            subscriber.onDeleted(); // deleted a moment ago
        }
    }

    public void unsubscribe(Subscriber subscriber) {
        lane.post(() -> core.unsubscribe(subscriber));
    }

    /// Takes a prompt that runs with what the session's owner has chosen.
    ///
    /// @param user a checked `user` message with a uuid
    public void prompt(Subscriber from, Message user) {
        take(from, user, null);
    }

    /// Takes a guest's prompt. What the guest has chosen holds for this prompt, and for no other.
    ///
    /// @param user a checked `user` message with a uuid
    public void prompt(Subscriber from, Message user, PromptSettings setting) {
        take(from, user, setting);
    }

    private void take(Subscriber from, Message user, @Nullable PromptSettings setting) {
        if (!lane.post(onItsWay(from, user, setting))) {
            from.onDeleted(); // deleted a moment ago
        }
    }

    private Runnable onItsWay(Subscriber from, Message user, @Nullable PromptSettings setting) {
        int weight = user.bytes().length;
        long before = onTheWay.getAndAdd(weight);
        if (before > 0 && before + weight > MOST_ON_THE_WAY) {
            onTheWay.addAndGet(-weight);
            return () -> from.send(EventMessages.tooManyPrompts());
        }
        return () -> {
            onTheWay.addAndGet(-weight);
            requests.prompt(from, user, setting);
        };
    }

    /// Takes a control request of a client.
    public void request(Subscriber from, Message request) {
        lane.post(() -> requests.control(from, request));
    }

    /// Takes a client's answer to an ask.
    public void reply(Subscriber from, Message response) {
        if (!core.declarations.receiveResponse(from, response)) {
            lane.post(() -> requests.answer(from, response));
        }
    }

    /// Hands a user message to the turn that runs, at once and past the queue; journaled and shown
    /// like a prompt. The agent takes it up at its next boundary, or in a turn of its own behind
    /// this one, and the session runs until it has. Where no turn runs it is not taken, and the
    /// client is told so by a `command_lifecycle` with `cancelled`.
    ///
    /// @param user a checked `user` message with a uuid
    public void promptMidTurn(Subscriber from, Message user) {
        lane.post(() -> requests.interject(from, user));
    }

    /// Stops one prompt and no other: one that waits is cancelled, one that is being answered is
    /// interrupted. What has become of it is told as always; a client whose prompt does not run is
    /// told by a `command_lifecycle` of its own.
    public void interrupt(Subscriber from, UUID prompt) {
        lane.post(() -> requests.interrupt(from, prompt));
    }

    /// Drops a prompt whose client has left: one that waits is cancelled; where one is being
    /// answered the agent is ended with it, as nobody is there to see it stop.
    public void abandon(UUID prompt) {
        lane.post(() -> requests.abandon(prompt));
    }

    /// Lets the agent leave if nothing runs; the next prompt starts another.
    public void stopAgentIfIdle() {
        core.turns().agents().stopIfIdle();
    }

    /// Seq of its last journaled message, at this moment.
    long lastSeq() {
        return core.writtenSeq();
    }

    /// Takes the definition of a tool that a client runs. A prompt that comes after it finds it.
    ///
    /// @param tool see [ToolDefinition#parse]
    /// @return what it was understood to be; fails with [BadRequestException] if it cannot be
    public CompletableFuture<ToolDefinition> defineTool(ToolOwner from, JsonNode tool) {
        var done = new CompletableFuture<ToolDefinition>();
        boolean posted =
                lane.post(() -> {
                    try {
                        ToolDefinition definition = ToolDefinition.parse(tool);
                        put(from, definition);
                        done.complete(definition);
                    } catch (BadRequestException e) {
                        done.completeExceptionally(e);
                    }
                });
        return posted ? done : CompletableFuture.failedFuture(delete());
    }

    /// Takes a tool that a client has defined before, for another session.
    ///
    /// @return fails with [BadRequestException] if there are too many
    public CompletableFuture<Void> addTool(ToolOwner from, ToolDefinition definition) {
        var done = new CompletableFuture<Void>();
        boolean posted =
                lane.post(() -> {
                    try {
                        put(from, definition);
                        done.complete(null);
                    } catch (BadRequestException e) {
                        done.completeExceptionally(e);
                    }
                });
        return posted ? done : CompletableFuture.failedFuture(delete());
    }

    private static BadRequestException delete() {
        return new BadRequestException("the session is gone");
    }

    private void put(ToolOwner from, ToolDefinition definition) throws BadRequestException {
        core.tools.define(from, definition);
        toolsChanged();
    }

    /// A client's tools go with it. What the agent waits for of them it is told to wait for no
    /// more.
    public void removeTools(ToolOwner from) {
        lane.post(() -> {
            if (core.tools.removeAll(from)) {
                toolsChanged();
            }
        });
    }

    private void toolsChanged() {
        Agent agent = core.turns().agent();
        if (agent != null) {
            agent.onToolsChanged();
        }
    }

    /// Takes the output of a client's tool, at once.
    ///
    /// @return false if no such call of this client's waits
    public boolean receiveToolOutput(ToolOwner from, String callId, ToolResult result) {
        return core.tools.receiveOutput(from, callId, result);
    }

    /// Changes what a person may change. Null leaves a member as it is.
    ///
    /// @return the session afterwards; fails with [JournalException] if it cannot be kept,
    ///   cancelled if the session was deleted a moment ago
    CompletableFuture<SessionView> update(Change change) {
        var done = new CompletableFuture<SessionView>();
        if (!lane.post(() -> core.change(change, done))) {
            done.cancel(false);
        }
        return done;
    }

    /// Ends the session on purpose.
    ///
    /// @return completes when the agent is gone
    CompletableFuture<Void> end() {
        var done = new CompletableFuture<Void>();
        if (!lane.post(() -> core.end(done))) {
            done.complete(null); // deleted, and its agent with it
        }
        return done;
    }

    /// Who is connected is different: an ask may have lost the last one who could answer it.
    void onClientsChanged() {
        lane.post(core.turns().asks()::denyUnanswerable);
    }

    /// Ends the agent for good: the session or the server goes away.
    ///
    /// @return completes when the agent is gone
    CompletableFuture<Void> stop() {
        var done = new CompletableFuture<Void>();
        if (!lane.post(() -> core.stop(done))) {
            done.complete(null); // deleted, and its agent with it
        }
        return done;
    }

    void close() {
        lane.close();
    }

    /// Ends the lane with its last step, so that no step of the session finds its rows gone. Then
    /// all subscribers are told that it is gone.
    ///
    /// @return completes behind that; fails with what the step throws
    CompletableFuture<Void> delete(DeleteStep last) {
        var done = new CompletableFuture<Void>();
        boolean posted =
                lane.closeAfter(() -> {
                    try {
                        last.run();
                        core.gone();
                        done.complete(null);
                    } catch (JournalException e) {
                        core.gone();
                        done.completeExceptionally(e);
                    }
                });
        if (!posted) {
            done.complete(null); // by another one that deletes it
        }
        return done;
    }

    /// Runs on the lane before [#delete] ends it.
    interface DeleteStep {
        void run() throws JournalException;
    }

    /// What a guest has chosen for a prompt.
    ///
    /// @param model null for the agent's default
    /// @param permissionMode null for the agent's default
    /// @param secrets in memory alone: a prompt that waits while the server is started again runs
    ///   without them
    public record PromptSettings(
            @Nullable String model,
            @Nullable String permissionMode,
            AgentOptions options,
            AgentSecrets secrets) {
        public PromptSettings(
                @Nullable String model, @Nullable String permissionMode, AgentOptions options) {
            this(model, permissionMode, options, AgentSecrets.NONE);
        }

        /// @throws BadRequestException if it is too much to be kept; the message says what
        public PromptSettings checked() throws BadRequestException {
            SessionLimits.check(this);
            return this;
        }

        /// Characters, about.
        public int weight() {
            return toJson().length() + secrets.length();
        }

        /// As the journal keeps it, without the secrets.
        public String toJson() {
            ObjectNode json = Json.object();
            json.put("model", model).put("permission_mode", permissionMode);
            return json.put("options", options.toJson()).toString();
        }

        /// @param json what [#toJson] made; where it is damaged the prompt asks for permission as
        ///   usual
        /// @param mayBypass whether the operator allows it now
        public static PromptSettings fromJson(String json, boolean mayBypass) {
            try {
                ObjectNode node = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
                String mode = node.path("permission_mode").textValue();
                boolean holds = mode == null || PermissionModes.problem(mode, mayBypass).isEmpty();
                return new PromptSettings(
                        node.path("model").textValue(),
                        holds ? mode : STANDARD_MODE,
                        AgentOptions.fromJson(node.path("options").asText("{}")));
            } catch (MalformedMessageException | IllegalArgumentException e) {
                return new PromptSettings(null, STANDARD_MODE, AgentOptions.NONE);
            }
        }
    }

    /// What a person may change of a session.
    public record Change(
            @Nullable String title, @Nullable Boolean pinned, @Nullable Boolean archived) {}
}
