package dev.oriel.session.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentEvent.ExitCause;
import dev.oriel.agent.FolderCommands;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.session.api.SessionView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that a session publishes to its subscribers, or sends to one of them.
///
/// Events stay objects inside the JVM. [EventMessages] turns them into JSON where frames are
/// written, and where the journal keeps one ([AgentExited]).
///
/// All events are immutable as far as subscribers can see; any thread may read them.
public sealed interface SessionEvent {
    /// A message of the agent, or a client's prompt. It is passed on as the bytes that arrived.
    record MessageEvent(Message message) implements SessionEvent {
        /// True for a client's prompt, false for what the agent emitted. The agent's own `user`
        /// messages, which carry the results of tools, name its conversation; a client's do not
        /// (see [dev.oriel.message.UserMessages#check]).
        public boolean isPrompt() {
            return message.is(MessageType.USER) && message.agentSessionId() == null;
        }
    }

    /// A message that only clients of the native wire understand, for example `oriel_control`.
    record NativeMessage(Message message) implements SessionEvent {}

    /// The session object: its state, title, cost and so on. Sent to each new subscriber and after
    /// every change.
    ///
    /// @param journal identity of the journal that holds the session
    /// @param tasks the ids of the tasks that the session's agent runs
    record SessionChanged(SessionView session, UUID journal, Set<String> tasks)
            implements SessionEvent {
        public SessionChanged {
            tasks = Set.copyOf(tasks);
        }
    }

    /// The prompts that wait for their turn.
    final class QueueChanged implements SessionEvent {
        private final List<Message> prompts;
        private final boolean held;

        /// The queue can be large and is sent to every new subscriber, so it is encoded once. Two
        /// threads that encode it at the same time produce the same message.
        private volatile @Nullable Message encoded;

        /// @param held true if the prompts do not start until a client asks for it
        public QueueChanged(List<Message> prompts, boolean held) {
            this.prompts = List.copyOf(prompts);
            this.held = held;
        }

        public List<Message> prompts() {
            return prompts;
        }

        public boolean isHeld() {
            return held;
        }

        Message encoded() {
            Message known = encoded;
            if (known == null) {
                known = EventMessages.queue(this);
                encoded = known;
            }
            return known;
        }
    }

    /// The prompts for which no agent could be started; an empty list once they have been retried
    /// or cancelled.
    ///
    /// @param reason one sentence for the user
    record UnsentPrompts(List<Message> prompts, String reason) implements SessionEvent {
        public UnsentPrompts {
            prompts = List.copyOf(prompts);
        }
    }

    /// The progress of one prompt.
    record PromptChanged(UUID prompt, Progress progress) implements SessionEvent {}

    /// How far a prompt has come.
    enum Progress {
        QUEUED("queued"),
        STARTED("started"),
        COMPLETED("completed"),
        CANCELLED("cancelled"),
        /// No agent could be started for it.
        FAILED("failed");

        private final String wireName;

        Progress(String wireName) {
            this.wireName = wireName;
        }

        /// Value of `state` in a `command_lifecycle` message.
        public String wireName() {
            return wireName;
        }
    }

    /// The agent asks for a permission, an answer or an elicitation.
    record AskOpened(Message ask) implements SessionEvent {}

    /// An ask no longer waits: it was answered, withdrawn by the agent, or ended with the agent.
    ///
    /// @param original the agent's own `control_cancel_request`; null if Oriel closed the ask
    record AskClosed(String requestId, @Nullable Message original) implements SessionEvent {
        public AskClosed(String requestId) {
            this(requestId, null);
        }
    }

    /// Asks the owner whether the agent may run what the session's folder brings.
    ///
    /// @param items the first of them, with shortened texts
    /// @param more number of items that are left out
    record TrustRequested(
            String requestId, String folder, List<FolderCommands.Item> items, int more)
            implements SessionEvent {
        public TrustRequested {
            items = List.copyOf(items);
        }
    }

    /// A request of the agent for one client that declared to handle it (hooks, MCP, dialogs).
    record ClientRequest(Message request) implements SessionEvent {}

    /// Something the user should know.
    ///
    /// @param code stable identifier for programs
    /// @param text one sentence for the user
    record Notice(Level level, String code, String text) implements SessionEvent {}

    /// How serious a [Notice] is.
    enum Level {
        INFO,
        WARNING,
        ERROR
    }

    /// A line that the agent wrote to standard error.
    record AgentStderr(String line) implements SessionEvent {}

    /// A line that the agent wrote to standard output and that is not a message.
    record AgentStdout(String line) implements SessionEvent {}

    /// A turn ended without a `result` because the agent exited. Journaled.
    ///
    /// @param code the process's exit code, if it is known
    /// @param text one sentence for the user
    /// @param stderrTail last lines of standard error, oldest first
    record AgentExited(
            ExitCause cause, @Nullable Integer code, String text, List<String> stderrTail)
            implements SessionEvent {
        public AgentExited {
            stderrTail = List.copyOf(stderrTail);
        }
    }

    /// The reply to one control request, for the client that sent it.
    ///
    /// @param requestId as the client chose it
    record ControlReply(@Nullable String requestId, Result result) implements SessionEvent {
        public static ControlReply success(@Nullable String requestId, @Nullable JsonNode payload) {
            return new ControlReply(requestId, new Result.Success(payload));
        }

        public static ControlReply failure(@Nullable String requestId, String code, String text) {
            return new ControlReply(requestId, new Result.Failure(code, text));
        }

        /// @param response the inner `response` object of the agent's reply
        public static ControlReply fromAgent(@Nullable String requestId, ObjectNode response) {
            return new ControlReply(requestId, new Result.FromAgent(response));
        }

        /// The error text if the request failed.
        public Optional<String> error() {
            return switch (result) {
                case Result.Success _ -> Optional.empty();
                case Result.Failure(String _, String text) -> Optional.of(text);
                case Result.FromAgent(ObjectNode response) ->
                        ControlSubtype.SUCCESS.equals(response.path("subtype").asText())
                                ? Optional.empty()
                                : Optional.of(
                                        response.path("error").isTextual()
                                                ? response.path("error").textValue()
                                                : response.path("error")
                                                        .path("message")
                                                        .asText("no reason"));
            };
        }

        /// What a control request led to.
        public sealed interface Result {
            record Success(@Nullable JsonNode payload) implements Result {}

            record Failure(String code, String text) implements Result {}

            /// The agent's own reply, with secrets masked.
            record FromAgent(ObjectNode response) implements Result {}
        }
    }

    /// A frame of a client was refused; the connection stays open.
    ///
    /// @param text one sentence for the user
    record RequestRejected(String code, String text) implements SessionEvent {}
}
