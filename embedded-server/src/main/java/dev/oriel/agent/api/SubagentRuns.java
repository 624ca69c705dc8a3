package dev.oriel.agent.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.history.ConversationHistory;
import dev.oriel.agent.api.model.ModelInfo;
import dev.oriel.agent.api.subagent.AgentDefinition;
import dev.oriel.agent.api.subagent.SubagentRunner;
import dev.oriel.agent.api.tool.Tool;
import dev.oriel.agent.api.tool.ToolCatalog;
import dev.oriel.agent.api.turn.TurnEngine;
import dev.oriel.agent.api.turn.TurnMessages;
import dev.oriel.agent.api.turn.TurnOutcome;
import dev.oriel.agent.api.turn.TurnOutput;
import dev.oriel.agent.api.turn.TurnSettings;
import dev.oriel.agent.api.turn.TurnUsage;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.message.BlockType;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs subagents with the connection, the permissions and the tools of their agent.
final class SubagentRuns implements SubagentRunner {
    private final Supplier<ApiAgent> agent;
    private final Supplier<List<Tool>> tools;

    /// @param agent the agent that the subagents work for
    /// @param tools all tools of that agent
    SubagentRuns(Supplier<ApiAgent> agent, Supplier<List<Tool>> tools) {
        this.agent = agent;
        this.tools = tools;
    }

    @Override
    public Report run(Assignment assignment, CancelScope cancel, Consumer<Progress> progress)
            throws InterruptedException {
        ApiAgent parent = agent.get();
        AgentParts parts = parent.parts();
        TurnMessages messages =
                parent.messages().ofSubagent(assignment.toolUseId(), assignment.agentId());
        TurnUsage usage = new TurnUsage(parent.usage());
        Output output = new Output(parent.output(), usage, progress);
        output.emit(Message.of(messages.userText(assignment.prompt())));
        TurnEngine turn =
                new TurnEngine(
                        new TurnEngine.Parts(
                                messages,
                                output,
                                output.history,
                                parts.api(),
                                scope -> settings(parent, assignment, scope),
                                usage,
                                parts.permissions(),
                                parts.hooks()
                                        .ofSubagent(
                                                assignment.agentId(),
                                                assignment.definition().name()),
                                ContextLimits.NONE,
                                parts.pause(),
                                false),
                        parts.context().withCancel(cancel));
        TurnOutcome outcome = turn.run();
        ObjectNode total = usage.turn();
        return switch (outcome) {
            case TurnOutcome.Completed(String text, String _) ->
                    new Report(text, usage.tokens(), output.toolUses(), total, null);
            case TurnOutcome.Failed failed ->
                    new Report(
                            output.lastText(),
                            usage.tokens(),
                            output.toolUses(),
                            total,
                            failed.text());
            case TurnOutcome.Interrupted _ -> throw new CancellationException();
        };
    }

    private TurnSettings settings(ApiAgent parent, Assignment assignment, CancelScope scope)
            throws ApiException {
        AgentDefinition definition = assignment.definition();
        List<Tool> allowed = tools.get().stream().filter(t -> definition.has(t.name())).toList();
        TurnSettings own =
                parent.turnSettings(scope, new ToolCatalog(allowed, null), definition.prompt());
        String wanted = assignment.model() == null ? definition.model() : assignment.model();
        ModelInfo model =
                wanted == null || wanted.equals("inherit")
                        ? null
                        : parent.parts().models().find(wanted);
        return model == null || model.id().equals(own.model().id())
                ? own
                : new TurnSettings(
                        model,
                        Math.min(own.maxTokens(), model.maxOutput()),
                        own.system(),
                        own.tools(),
                        null,
                        null);
    }

    /// Passes messages on to the session and keeps the subagent's own conversation.
    private static final class Output implements TurnOutput {
        private final TurnOutput session;
        private final TurnUsage usage;
        private final Consumer<Progress> progress;
        private final ConversationHistory history = new ConversationHistory();
        private int toolUses; // guarded by this
        private @Nullable String lastTool; // guarded by this
        private String lastText = ""; // guarded by this

        Output(TurnOutput session, TurnUsage usage, Consumer<Progress> progress) {
            this.session = session;
            this.usage = usage;
            this.progress = progress;
        }

        @Override
        public void emit(List<Message> batch) {
            List<Message> passed = new ArrayList<>();
            boolean isProgress = false;
            synchronized (this) {
                for (Message message : batch) {
                    boolean belongs =
                            message.is(MessageType.USER) || message.is(MessageType.ASSISTANT);
                    if (belongs) {
                        history.append(own(message));
                        isProgress |= count(message);
                    }
                    // The state of the session is not the subagent's.
                    if (belongs || message.is(MessageType.CONTROL_REQUEST) || isNotice(message)) {
                        passed.add(message);
                    }
                }
            }
            session.emit(passed);
            if (isProgress) {
                progress.accept(new Progress(usage.tokens(), toolUses(), lastTool()));
            }
        }

        private static boolean isNotice(Message message) {
            return message.is(MessageType.SYSTEM, "informational")
                    || message.is(MessageType.SYSTEM, "permission_denied")
                    || message.is(MessageType.SYSTEM, "api_retry");
        }

        private static Message own(Message message) {
            ObjectNode line = (ObjectNode) message.tree().deepCopy();
            line.putNull("parent_tool_use_id");
            return Message.of(line);
        }

        /// @return whether a block of the model or the result of a tool has arrived
        private boolean count(Message message) {
            boolean counts = false;
            for (var block : message.tree().path("message").path("content")) {
                switch (block.path("type").asText()) {
                    case BlockType.TEXT -> {
                        if (message.is(MessageType.ASSISTANT)) {
                            lastText = block.path("text").asText();
                            counts = true;
                        }
                    }
                    case BlockType.TOOL_USE -> {
                        lastTool = block.path("name").asText();
                        toolUses++;
                    }
                    case BlockType.TOOL_RESULT -> counts = true;
                    default -> {
                        // Not counted.
                    }
                }
            }
            return counts;
        }

        synchronized int toolUses() {
            return toolUses;
        }

        synchronized @Nullable String lastTool() {
            return lastTool;
        }

        synchronized String lastText() {
            return lastText;
        }

        @Override
        public ObjectNode ask(ObjectNode request, CancelScope cancel) throws InterruptedException {
            return session.ask(request, cancel);
        }

        @Override
        public List<Message> takePrompts() {
            return List.of();
        }
    }
}
