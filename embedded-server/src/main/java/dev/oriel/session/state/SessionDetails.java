package dev.oriel.session.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Graphemes;
import dev.oriel.message.Message;
import dev.oriel.session.Session;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Failed;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.control.SavedControlRequests;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of a session beside its messages, while it is being worked on. Confined to the
/// lane.
public final class SessionDetails {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDetails.class);
    private static final int MAX_TITLE = 80;
    private static final int MAX_CONTROLS = 64 * 1024;

    public final UUID id;
    public final String cwd;
    final String agent;
    final String origin;
    private final Instant createdAt;
    public @Nullable String title;
    public @Nullable UUID conversation;
    public @Nullable String model;
    public @Nullable String permissionMode;
    public AgentOptions options;
    public SavedControlRequests controls; // counted to the budget
    public boolean pinned;
    public boolean archived;
    Instant updatedAt;
    long recency;

    /// What the agent runs with for a guest's prompt; null where it runs with the session's own.
    public Session.@Nullable PromptSettings guest;

    /// The model that the agent says it uses.
    public @Nullable String modelInUse;

    private double costUsd;

    /// What this agent has said so far that it cost; its count begins anew with every process.
    private double costOfAgent;

    private final SessionMemoryBudget budget;

    public SessionDetails(SessionRecord r, SessionMemoryBudget budget) {
        this.budget = budget;
        id = r.id();
        cwd = r.cwd();
        agent = r.agent();
        origin = r.origin();
        String kept = r.options();
        // Earlier versions kept a guest's choice with the session, where it held for the prompts of
        // others too.
        options =
                kept == null || !origin.equals(SessionSpec.NATIVE)
                        ? AgentOptions.NONE
                        : AgentOptions.fromJson(kept);
        controls = SavedControlRequests.fromOptions(kept);
        budget.add(controls.length());
        createdAt = r.createdAt();
        title = r.title();
        conversation = r.conversation();
        model = r.model();
        permissionMode = r.permissionMode();
        pinned = r.pinned();
        archived = r.archived();
        updatedAt = r.updatedAt();
        recency = r.recency();
        costUsd = r.costUsd();
    }

    public SessionRecord record(SessionState state, long lastSeq) {
        return new SessionRecord(
                id,
                title,
                cwd,
                agent,
                conversation,
                model,
                permissionMode,
                pinned,
                archived,
                state instanceof SessionState.Ended,
                costUsd,
                state instanceof Failed(String error) ? error : null,
                origin,
                keptOptions(),
                createdAt,
                updatedAt,
                recency,
                lastSeq);
    }

    /// What speaks against keeping a control request.
    public Optional<String> problemWithKeeping(ObjectNode request) {
        int length = controls.with(request).length();
        if (length > MAX_CONTROLS) {
            return Optional.of("What is changed of a session has at most 64 KiB.");
        }
        return budget.hasRoomFor(length - controls.length())
                ? Optional.empty()
                : Optional.of("The sessions keep too much already. Try again later.");
    }

    /// Keeps a control request for the agents to come.
    public void keep(ObjectNode request) {
        budget.release(controls.length());
        controls = controls.with(request);
        budget.add(controls.length());
    }

    /// The session is gone, and what it has kept.
    public void forget() {
        budget.release(controls.length());
        controls = SavedControlRequests.NONE;
    }

    private @Nullable String keptOptions() {
        boolean none = options.equals(AgentOptions.NONE) && controls.isEmpty();
        return none ? null : controls.addTo(options.toJson());
    }

    public SessionView view(SessionState state, long lastSeq, int asks) {
        return new SessionView(
                record(state, lastSeq), state, model != null ? model : modelInUse, asks);
    }

    public static SessionState stateOf(SessionRecord r) {
        if (r.ended()) {
            return new SessionState.Ended();
        }
        String error = r.error();
        return error == null ? new SessionState.Idle() : new Failed(error);
    }

    /// @param place among all changes of all sessions
    public void touched(Instant now, long place) {
        updatedAt = now.truncatedTo(ChronoUnit.MILLIS);
        recency = place;
    }

    /// A session without a title is called by its first prompt.
    public void titleFrom(Message prompt) {
        if (title != null) {
            return;
        }
        var content = prompt.tree().path("message").path("content");
        String text = content.asText("");
        for (var block : content) {
            if (text.isBlank()) {
                text = block.path("text").asText("");
            }
        }
        String line = text.strip().lines().findFirst().orElse("").strip();
        if (!line.isEmpty()) {
            title = Graphemes.truncate(line, MAX_TITLE);
        }
    }

    /// Learns from the `init` of a turn.
    ///
    /// @return whether the agent's conversation is another one than before
    public boolean begun(Message init) {
        JsonNode model = init.tree().path("model");
        if (model.isTextual()) {
            modelInUse = model.textValue();
        }
        String said = init.agentSessionId();
        if (said == null) {
            return false;
        }
        try {
            UUID now = UUID.fromString(said);
            boolean other = !now.equals(conversation);
            conversation = now;
            return other;
        } catch (IllegalArgumentException e) {
            LOG.warn("The agent of session {} gives an id that is no UUID", id);
            return false;
        }
    }

    /// Learns the permission mode, which the agent may change by itself.
    ///
    /// @return whether it is another one than before
    public boolean modeFrom(Message system) {
        if (guest != null) {
            return false; // what holds for a guest's prompt is not the session's own
        }
        if (!system.is("system", "init") && !system.is("system", "status")) {
            return false;
        }
        JsonNode mode = system.tree().path("permissionMode");
        if (!mode.isTextual() || mode.textValue().equals(permissionMode)) {
            return false;
        }
        permissionMode = mode.textValue();
        return true;
    }

    /// The agent has lost its conversation: the next one is new.
    public void forgetConversation() {
        conversation = null;
    }

    public void agentStarted() {
        costOfAgent = 0;
    }

    /// Adds what a `result` says. `total_cost_usd` counts per process; since 2.1.329 a resumed
    /// process goes on counting from the conversation's saved total, older ones begin at 0.
    public void cost(double totalOfAgent) {
        if (costOfAgent == 0 && costUsd > 0 && totalOfAgent >= costUsd) {
            costUsd = totalOfAgent;
        } else if (totalOfAgent >= costOfAgent) {
            costUsd += totalOfAgent - costOfAgent;
        } else {
            costUsd += totalOfAgent; // the count was reset in mid-process, as by /clear
        }
        costOfAgent = totalOfAgent;
    }
}
