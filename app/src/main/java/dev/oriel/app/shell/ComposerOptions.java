package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.toast.Toasts;
import dev.oriel.message.Json;
import dev.oriel.platform.FutureFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What can be chosen under the field: how much Claude may do without asking, and which model
/// answers. On the page where a session begins a choice is kept for it; in a session the agent is
/// asked, and what it says is what is shown. Belongs to the JavaFX thread.
public final class ComposerOptions {
    private static final List<PermissionMode> STANDARD_MODES =
            List.of(PermissionMode.MANUAL, PermissionMode.ACCEPT_EDITS, PermissionMode.PLAN);

    private final Supplier<@Nullable OpenSession> session;
    private final ReadOnlyObjectProperty<PageHeader> header;
    private final NewSessionDraft draft;
    private final Toasts toasts;
    private final Scheduler delay;

    private final ReadOnlyObjectWrapper<PermissionMode> mode =
            new ReadOnlyObjectWrapper<>(PermissionMode.MANUAL);
    private final ReadOnlyObjectWrapper<List<PermissionMode>> modes =
            new ReadOnlyObjectWrapper<>(STANDARD_MODES);
    private final ReadOnlyObjectWrapper<List<Model>> models =
            new ReadOnlyObjectWrapper<>(List.of());

    /// A model that the agent offers.
    ///
    /// @param value what the agent calls it
    public record Model(String value, String name, String description) {}

    /// @param session the one that is open, null on the page where one begins
    ComposerOptions(
            Supplier<@Nullable OpenSession> session,
            ReadOnlyObjectProperty<PageHeader> header,
            NewSessionDraft draft,
            Toasts notices,
            Scheduler delay) {
        this.session = session;
        this.header = header;
        this.draft = draft;
        this.toasts = notices;
        this.delay = delay;
        header.subscribe(_ -> update());
        draft.mode().subscribe(_ -> update());
        draft.agent().subscribe(_ -> update());
        draft.agents().subscribe(_ -> update());
    }

    private void update() {
        PageHeader talk = header.get();
        mode.set(talk.hasSession() ? talk.mode() : draft.mode().get());
        List<PermissionMode> offered = new ArrayList<>(STANDARD_MODES);
        // Whoever is in this mode sees it as chosen, also where it could not be chosen again.
        if (mayBypass(talk) || mode.get() == PermissionMode.BYPASS) {
            offered.add(PermissionMode.BYPASS);
        }
        modes.set(List.copyOf(offered));
    }

    private boolean mayBypass(PageHeader talk) {
        AgentChoice begins = draft.agent().get();
        return talk.hasSession()
                ? draft.agents().get().stream()
                        .anyMatch(a -> a.kind().equals(talk.agent()) && a.mayBypass())
                : begins != null && begins.mayBypass();
    }

    /// Another page: what its agent offers is not known yet.
    void clear() {
        models.set(List.of());
    }

    /// Asks the session for another way to ask.
    public void setMode(PermissionMode wanted) {
        OpenSession open = session.get();
        if (open == null) {
            draft.mode().set(wanted);
            return;
        }
        request(
                open,
                Json.object().put("subtype", "set_permission_mode").put("mode", wanted.wireName()),
                "The mode stays as it is: ");
    }

    /// @param model as the agent names it
    public void setModel(String model) {
        OpenSession open = session.get();
        if (open != null) {
            request(
                    open,
                    Json.object().put("subtype", "set_model").put("model", model),
                    "The model stays as it is: ");
        }
    }

    /// Asks the agent what models it has; they come in [#models].
    public void loadModels() {
        OpenSession open = session.get();
        if (open == null || !models.get().isEmpty()) {
            return;
        }
        open.sendControl(Json.object().put("subtype", "initialize"))
                .thenAccept(answer -> {
                    List<Model> all = new ArrayList<>();
                    answer.path("models")
                            .forEach(m ->
                                    all.add(
                                            new Model(
                                                    m.path("value").asText(),
                                                    m.path("displayName").asText(),
                                                    m.path("description").asText(""))));
                    delay.schedule(
                            Duration.ZERO,
                            () -> {
                                if (open.equals(session.get())) {
                                    models.set(List.copyOf(all));
                                }
                            });
                });
    }

    /// Sends again what could not be sent, and goes on with what waits.
    void resumeQueue() {
        OpenSession now = session.get();
        if (now != null) {
            request(
                    now,
                    Json.object().put("subtype", "oriel_run_queue"),
                    "Your messages could not be sent again: ");
        }
    }

    private void request(OpenSession open, ObjectNode request, String otherwise) {
        open.sendControl(request)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        Throwable cause = FutureFailures.unwrap(failure);
                        delay.schedule(
                                Duration.ZERO, () -> toasts.error(otherwise + cause.getMessage()));
                    }
                });
    }

    /// The mode that counts now.
    public ReadOnlyObjectProperty<PermissionMode> mode() {
        return mode.getReadOnlyProperty();
    }

    /// The modes that can be chosen now. [PermissionMode#BYPASS] only where the server's operator
    /// allowed it.
    public ReadOnlyObjectProperty<List<PermissionMode>> modes() {
        return modes.getReadOnlyProperty();
    }

    /// What the agent offers, once it was asked.
    public ReadOnlyObjectProperty<List<Model>> models() {
        return models.getReadOnlyProperty();
    }
}
