package dev.oriel.session.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.journal.SessionRecord;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import dev.oriel.session.api.PromptSettings;
import dev.oriel.session.api.SessionSpec;
import dev.oriel.session.api.SessionState;
import dev.oriel.session.api.SessionState.Failed;
import dev.oriel.session.api.SessionState.Trigger;
import dev.oriel.session.api.SessionUpdate;
import dev.oriel.session.api.SessionView;
import dev.oriel.session.branch.Lineage;
import dev.oriel.session.control.SavedControlRequests;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is known of an open session except its messages: its state, and what its record in the
/// journal holds. Confined to the lane.
public final class SessionDetails {
    private static final Logger LOG = LoggerFactory.getLogger(SessionDetails.class);

    private final UUID id;
    private final String cwd;
    private final String agent;
    private final String origin;
    private final Instant createdAt;
    private final SessionCost cost;
    private final SavedControls controls;
    private AgentOptions options;
    private Lineage lineage;
    private SessionState state;
    private @Nullable String title;
    private @Nullable UUID conversation;
    private @Nullable String model;
    private @Nullable String permissionMode;
    private boolean pinned;
    private boolean archived;
    private Instant updatedAt;
    private long recency;

    /// What the agent runs with for a guest's prompt; null if it runs with the session's own.
    private @Nullable PromptSettings guest;

    /// The model that the agent reports to use.
    private @Nullable String modelInUse;

    public SessionDetails(SessionRecord r, SessionMemoryBudget budget) {
        id = r.id();
        cwd = r.cwd();
        agent = r.agent();
        origin = r.origin();
        state = stateOf(r);
        String saved = r.options();
        // Earlier versions saved a guest's choice with the session, where it also held for prompts
        // of others.
        options =
                saved == null || !origin.equals(SessionSpec.NATIVE)
                        ? AgentOptions.NONE
                        : AgentOptions.fromJson(saved);
        controls = new SavedControls(SavedControlRequests.fromOptions(saved), budget);
        lineage = Lineage.fromOptions(saved);
        createdAt = r.createdAt();
        title = r.title();
        conversation = r.conversation();
        model = r.model();
        permissionMode = r.permissionMode();
        pinned = r.pinned();
        archived = r.archived();
        updatedAt = r.updatedAt();
        recency = r.recency();
        cost = new SessionCost(r.costUsd(), lineage.earlierCost());
    }

    public UUID id() {
        return id;
    }

    public String cwd() {
        return cwd;
    }

    public AgentOptions options() {
        return options;
    }

    public SessionState state() {
        return state;
    }

    /// Moves to the next state.
    ///
    /// @return true if that is to be published: the state is another one, or a turn failed again
    /// @throws IllegalStateException if the trigger is not legal in this state
    public boolean apply(Trigger trigger) {
        SessionState next = state.apply(trigger);
        boolean news = !next.equals(state) || trigger instanceof Trigger.TurnFailed;
        state = next;
        return news;
    }

    /// @param position among all changes of all sessions
    public void touch(Instant now, long position) {
        updatedAt = now.truncatedTo(ChronoUnit.MILLIS);
        recency = position;
    }

    public SessionRecord toRecord(long lastSeq) {
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
                cost.total(),
                state instanceof Failed(String error) ? error : null,
                origin,
                savedOptions(),
                createdAt,
                updatedAt,
                recency,
                lastSeq);
    }

    private @Nullable String savedOptions() {
        SavedControlRequests requests = controls.saved();
        boolean none = options.equals(AgentOptions.NONE) && requests.isEmpty();
        return lineage.addTo(none ? null : requests.addTo(options.toJson()));
    }

    public SessionView view(long lastSeq, int asks) {
        return new SessionView(
                toRecord(lastSeq),
                state,
                model != null ? model : modelInUse,
                controls.thinking(),
                asks,
                options.account(),
                lineage.rewound());
    }

    /// The state of a session that is not open.
    public static SessionState stateOf(SessionRecord r) {
        if (r.ended()) {
            return new SessionState.Ended();
        }
        String error = r.error();
        return error == null ? new SessionState.Idle() : new Failed(error);
    }

    public void update(SessionUpdate update) {
        if (update.title() != null) {
            title = update.title();
        }
        if (update.pinned() != null) {
            pinned = update.pinned();
        }
        if (update.archived() != null) {
            archived = update.archived();
        }
        if (update.account() != null) {
            options = options.withAccount(update.account());
        }
    }

    public void setTitle(String text) {
        title = text;
    }

    /// Names a session without a title after its first prompt.
    public void setTitleFrom(Message prompt) {
        if (title == null) {
            title = PromptTitle.of(prompt).orElse(null);
        }
    }

    /// The model asked for; null for the agent's default.
    public @Nullable String model() {
        return model;
    }

    public void setModel(@Nullable String name) {
        model = name;
        modelInUse = null;
    }

    public @Nullable String permissionMode() {
        return permissionMode;
    }

    public void setPermissionMode(@Nullable String mode) {
        permissionMode = mode;
    }

    /// Learns the permission mode, which the agent may change by itself.
    ///
    /// @return whether it has changed
    public boolean updatePermissionMode(Message system) {
        if (guest != null) {
            return false; // the mode of a guest's prompt is not the session's own
        }
        if (!system.is(MessageType.SYSTEM, SystemSubtype.INIT)
                && !system.is(MessageType.SYSTEM, SystemSubtype.STATUS)) {
            return false;
        }
        JsonNode mode = system.tree().path("permissionMode");
        if (!mode.isTextual() || mode.textValue().equals(permissionMode)) {
            return false;
        }
        permissionMode = mode.textValue();
        return true;
    }

    /// The settings of the guest whose prompt the agent runs; null if it runs with the session's
    /// own.
    public @Nullable PromptSettings guestSettings() {
        return guest;
    }

    /// Changes to what a prompt runs with.
    ///
    /// @param wanted null for the session's own
    /// @return whether that differs from before
    public boolean useSettings(@Nullable PromptSettings wanted) {
        if (Objects.equals(guest, wanted)) {
            return false;
        }
        guest = wanted;
        modelInUse = null;
        return true;
    }

    /// Changes to the session's own settings for an agent that is started next.
    public void clearGuestSettings() {
        guest = null;
    }

    /// The agent's own id of the conversation; null before its first turn.
    public @Nullable UUID conversation() {
        return conversation;
    }

    /// The agent has lost its conversation: the next one is new.
    public void forgetConversation() {
        conversation = null;
        lineage = lineage.withoutNext();
    }

    /// The conversation with which the next agent starts.
    public Conversation nextConversation() {
        Conversation next = lineage.next();
        if (next != null) {
            return next;
        }
        UUID known = conversation;
        return known == null ? new Conversation.Fresh(id) : new Conversation.Resumed(known);
    }

    public Lineage lineage() {
        return lineage;
    }

    public void setLineage(Lineage changed) {
        lineage = changed;
    }

    /// Learns from the `init` of a turn.
    ///
    /// @return whether the agent's conversation is another one than before
    public boolean updateFromInit(Message init) {
        JsonNode reported = init.tree().path("model");
        if (reported.isTextual()) {
            modelInUse = reported.textValue();
        }
        String agentSession = init.agentSessionId();
        if (agentSession == null) {
            return false;
        }
        try {
            UUID now = UUID.fromString(agentSession);
            boolean other = !now.equals(conversation);
            conversation = now;
            lineage = lineage.withoutNext();
            return other;
        } catch (IllegalArgumentException e) {
            LOG.warn("The agent of session {} reports an id that is not a UUID", id);
            return false;
        }
    }

    /// Control requests that later agents get before their first prompt.
    public SavedControls savedControls() {
        return controls;
    }

    /// A new agent starts with [#nextConversation()].
    public void resetAgentCost() {
        cost.resetAgent(!(nextConversation() instanceof Conversation.Fresh));
    }

    /// Adds the cost of a turn.
    ///
    /// @param result a `result` with `total_cost_usd`
    public void addCost(JsonNode result) {
        cost.update(result.path("total_cost_usd").doubleValue(), TurnShare.of(result));
        lineage = lineage.withEarlierCost(cost.earlier());
    }
}
