package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The options under the composer: the permission mode and the model. On the page of a new session
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
    private final ReadOnlyObjectWrapper<List<Model>> models =
            new ReadOnlyObjectWrapper<>(List.of());

    /// A model that the agent offers.
    ///
    /// @param value its name on the wire
    /// @param name its name for the user
    /// @param description may be empty
    public record Model(String value, String name, String description) {}

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
    }

    private void update() {
        PageHeader page = header.get();
        mode.set(page.hasSession() ? page.mode() : draft.mode().get());
        List<PermissionMode> offered = new ArrayList<>(STANDARD_MODES);
        // A session that is in this mode shows it, even if it could not be chosen again.
        if (mayBypass(page) || mode.get() == PermissionMode.BYPASS) {
            offered.add(PermissionMode.BYPASS);
        }
        modes.set(List.copyOf(offered));
    }

    private boolean mayBypass(PageHeader page) {
        AgentChoice chosen = draft.agent().get();
        return page.hasSession()
                ? draft.agents().get().stream()
                        .anyMatch(a -> a.kind().equals(page.agent()) && a.mayBypass())
                : chosen != null && chosen.mayBypass();
    }

    /// Forgets the models, because another page was opened.
    void clear() {
        models.set(List.of());
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

    /// Chooses a model for the open session.
    ///
    /// @param model the [Model#value]
    public void setModel(String model) {
        OpenSession open = session.get();
        if (open != null) {
            request(
                    open,
                    Json.object().put("subtype", ControlSubtype.SET_MODEL).put("model", model),
                    "The model was not changed: ");
        }
    }

    /// Asks the agent for its models, unless they are known; the reply changes [#models].
    public void loadModels() {
        OpenSession open = session.get();
        if (open == null || !models.get().isEmpty()) {
            return;
        }
        open.sendControl(Json.object().put("subtype", ControlSubtype.INITIALIZE))
                .thenAccept(reply -> {
                    List<Model> all = new ArrayList<>();
                    reply.path("models")
                            .forEach(m ->
                                    all.add(
                                            new Model(
                                                    m.path("value").asText(),
                                                    m.path("displayName").asText(),
                                                    m.path("description").asText(""))));
                    scheduler.schedule(
                            Duration.ZERO,
                            () -> {
                                if (open.equals(session.get())) {
                                    models.set(List.copyOf(all));
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
                        Throwable cause = FutureFailures.unwrap(failure);
                        scheduler.schedule(
                                Duration.ZERO, () -> toasts.error(failed + cause.getMessage()));
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

    /// The models that the agent offers; empty until it was asked.
    public ReadOnlyObjectProperty<List<Model>> models() {
        return models.getReadOnlyProperty();
    }
}
