package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.options.AgentModel;
import dev.oriel.app.options.ModelList;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The options under the composer: permission mode, model and effort. On the page of a new session
/// a choice is kept in its draft; in a session it is requested from the agent, and what the agent
/// reports is shown. Belongs to the JavaFX thread.
public final class ComposerOptions {
    private static final List<PermissionMode> STANDARD_MODES =
            List.of(PermissionMode.MANUAL, PermissionMode.ACCEPT_EDITS, PermissionMode.PLAN);

    private final Supplier<@Nullable OpenSession> session;
    private final ReadOnlyObjectProperty<PageHeader> header;
    private final NewSessionDraft draft;
    private final Toasts toasts;
    private final Scheduler scheduler;

    private final ReadOnlyObjectWrapper<PermissionMode> mode =
            new ReadOnlyObjectWrapper<>(PermissionMode.MANUAL);
    private final ReadOnlyObjectWrapper<List<PermissionMode>> modes =
            new ReadOnlyObjectWrapper<>(STANDARD_MODES);
    private @Nullable String answering;
    private final ReadOnlyObjectWrapper<@Nullable String> model = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> effort = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Integer> thinkingTokens =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper hasModel = new ReadOnlyBooleanWrapper();

    /// Those that the agent of the last session offered, until the agent of this one is asked.
    private final ReadOnlyObjectWrapper<ModelList> models =
            new ReadOnlyObjectWrapper<>(ModelList.NONE);

    /// @param session the open session; null on the page of a new one
    ComposerOptions(
            Supplier<@Nullable OpenSession> session,
            ReadOnlyObjectProperty<PageHeader> header,
            NewSessionDraft draft,
            Toasts toasts,
            Scheduler scheduler) {
        this.session = session;
        this.header = header;
        this.draft = draft;
        this.toasts = toasts;
        this.scheduler = scheduler;
        header.subscribe(_ -> update());
        draft.mode().subscribe(_ -> update());
        draft.agent().subscribe(_ -> update());
        draft.agents().subscribe(_ -> update());
        draft.model().subscribe(_ -> update());
        draft.effort().subscribe(_ -> update());
    }

    private void update() {
        PageHeader page = header.get();
        AgentChoice chosen = draft.agent().get();
        mode.set(page.hasSession() ? page.mode() : draft.mode().get());
        model.set(page.hasSession() ? modelOf(page) : draft.model().get());
        effort.set(page.hasSession() ? page.effort() : draft.effort().get());
        thinkingTokens.set(page.thinkingTokens());
        hasModel.set(page.hasSession() ? !page.isDemo() : chosen != null && !chosen.demo());
        List<PermissionMode> offered = new ArrayList<>(STANDARD_MODES);
        if (mayBypass(page)) {
            offered.add(PermissionMode.BYPASS);
        }
        // The mode of a session is shown, even if it could not be chosen again.
        if (!offered.contains(mode.get())) {
            offered.add(mode.get());
        }
        modes.set(List.copyOf(offered));
    }

    /// An agent that has not chosen a model when a turn begins reports an empty name.
    private @Nullable String modelOf(PageHeader page) {
        String named = page.model();
        return named == null || named.isBlank() ? answering : named;
    }

    /// @param used the model of the open session's last answer; null before the first one
    void answered(@Nullable String used) {
        if (!Objects.equals(used, answering)) {
            answering = used;
            update();
        }
    }

    private boolean mayBypass(PageHeader page) {
        AgentChoice chosen = draft.agent().get();
        return page.hasSession()
                ? draft.agents().get().stream()
                        .anyMatch(a -> a.kind().equals(page.agent()) && a.mayBypass())
                : chosen != null && chosen.mayBypass();
    }

    /// Another page was opened, whose agent may have other models.
    void clear() {
        models.set(models.get().forgotten());
    }

    /// Chooses a permission mode for the open session or the new one.
    public void setMode(PermissionMode wanted) {
        OpenSession open = session.get();
        if (open == null) {
            draft.mode().set(wanted);
            return;
        }
        request(
                open,
                Json.object()
                        .put("subtype", ControlSubtype.SET_PERMISSION_MODE)
                        .put("mode", wanted.wireName()),
                "The permission mode was not changed: ");
    }

    /// Chooses a model for the open session or the new one.
    ///
    /// @param name one of the [#models()], or another one
    public void setModel(String name) {
        String wanted = name.equals(AgentModel.DEFAULT) ? null : name.strip();
        OpenSession open = session.get();
        if (open == null) {
            draft.model().set(wanted);
            return;
        }
        request(
                open,
                Json.object().put("subtype", ControlSubtype.SET_MODEL).put("model", wanted),
                "The model was not changed: ");
    }

    /// Chooses how much Claude thinks, in the open session or the new one.
    ///
    /// @param level a name on the wire; null for the model's default
    public void setEffort(@Nullable String level) {
        OpenSession open = session.get();
        if (open == null) {
            draft.effort().set(level);
            return;
        }
        ObjectNode request = Json.object().put("subtype", ControlSubtype.APPLY_FLAG_SETTINGS);
        request.putObject("settings").put("effortLevel", level);
        request(open, request, "The effort was not changed: ");
    }

    /// Limits Claude's thinking in the open session.
    ///
    /// @param limit tokens per response, 0 for no thinking; null for the model's default
    public void setThinkingTokens(@Nullable Integer limit) {
        OpenSession open = session.get();
        if (open != null) {
            request(
                    open,
                    Json.object()
                            .put("subtype", ControlSubtype.SET_MAX_THINKING_TOKENS)
                            .put("max_thinking_tokens", limit),
                    "The thinking was not changed: ");
        }
    }

    /// Asks the agent of the open session for its models, unless that was done; the reply changes
    /// [#models]. If no agent is running, the server starts one.
    public void loadModels() {
        OpenSession open = session.get();
        ModelList before = models.get();
        boolean done =
                before.state() == ModelList.State.ASKED || before.state() == ModelList.State.KNOWN;
        if (open == null || done) {
            return;
        }
        models.set(before.asked());
        open.sendControl(Json.object().put("subtype", ControlSubtype.INITIALIZE))
                .whenComplete((reply, failure) -> {
                    ModelList now =
                            failure == null
                                    ? ModelList.known(AgentModel.listFrom(reply))
                                    : before.failed(FutureFailures.message(failure));
                    scheduler.schedule(
                            Duration.ZERO,
                            () -> {
                                if (open.equals(session.get())) {
                                    models.set(now);
                                }
                            });
                });
    }

    /// Retries the prompts that could not be sent, and starts those that wait.
    void resumeQueue() {
        OpenSession now = session.get();
        if (now != null) {
            request(
                    now,
                    Json.object().put("subtype", ControlSubtype.ORIEL_RUN_QUEUE),
                    "Your messages could not be sent again: ");
        }
    }

    private void request(OpenSession open, ObjectNode request, String failed) {
        open.sendControl(request)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        String why = FutureFailures.message(failure);
                        scheduler.schedule(Duration.ZERO, () -> toasts.error(failed + why));
                    }
                });
    }

    /// The mode of the open session or the new one.
    public ReadOnlyObjectProperty<PermissionMode> mode() {
        return mode.getReadOnlyProperty();
    }

    /// The modes that can be chosen. [PermissionMode#BYPASS] is among them only if the operator of
    /// the server allows it.
    public ReadOnlyObjectProperty<List<PermissionMode>> modes() {
        return modes.getReadOnlyProperty();
    }

    /// The models that the agent offers, as far as they are known.
    public ReadOnlyObjectProperty<ModelList> models() {
        return models.getReadOnlyProperty();
    }

    /// The model of the open session or the new one, an alias or a full name; null for the default.
    public ReadOnlyObjectProperty<@Nullable String> model() {
        return model.getReadOnlyProperty();
    }

    /// How much Claude thinks, a name on the wire; null for the model's default.
    public ReadOnlyObjectProperty<@Nullable String> effort() {
        return effort.getReadOnlyProperty();
    }

    /// The limit of Claude's thinking, tokens per response; null for the model's default.
    public ReadOnlyObjectProperty<@Nullable Integer> thinkingTokens() {
        return thinkingTokens.getReadOnlyProperty();
    }

    /// Whether the agent has a model that can be chosen.
    public ReadOnlyBooleanProperty hasModel() {
        return hasModel.getReadOnlyProperty();
    }
}
