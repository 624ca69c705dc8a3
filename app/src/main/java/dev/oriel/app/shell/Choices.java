package dev.oriel.app.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.Delay;
import dev.oriel.message.Json;
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
public final class Choices {
    private static final List<Mode> USUAL = List.of(Mode.MANUAL, Mode.ACCEPT_EDITS, Mode.PLAN);

    private final Supplier<@Nullable OpenSession> session;
    private final ReadOnlyObjectProperty<Header> header;
    private final DraftPage draft;
    private final Notices notices;
    private final Delay delay;

    private final ReadOnlyObjectWrapper<Mode> mode = new ReadOnlyObjectWrapper<>(Mode.MANUAL);
    private final ReadOnlyObjectWrapper<List<Mode>> modes = new ReadOnlyObjectWrapper<>(USUAL);
    private final ReadOnlyObjectWrapper<List<Model>> models =
            new ReadOnlyObjectWrapper<>(List.of());

    /// A model that the agent offers.
    ///
    /// @param value what the agent calls it
    public record Model(String value, String name, String about) {}

    /// @param session the one that is open, null on the page where one begins
    Choices(
            Supplier<@Nullable OpenSession> session,
            ReadOnlyObjectProperty<Header> header,
            DraftPage draft,
            Notices notices,
            Delay delay) {
        this.session = session;
        this.header = header;
        this.draft = draft;
        this.notices = notices;
        this.delay = delay;
        header.subscribe(_ -> look());
        draft.mode().subscribe(_ -> look());
        draft.agent().subscribe(_ -> look());
        draft.agents().subscribe(_ -> look());
    }

    private void look() {
        Header talk = header.get();
        mode.set(talk.session() ? talk.mode() : draft.mode().get());
        List<Mode> offered = new ArrayList<>(USUAL);
        // Whoever is in this mode sees it as chosen, also where it could not be chosen again.
        if (mayBypass(talk) || mode.get() == Mode.BYPASS) {
            offered.add(Mode.BYPASS);
        }
        modes.set(List.copyOf(offered));
    }

    private boolean mayBypass(Header talk) {
        AgentChoice begins = draft.agent().get();
        return talk.session()
                ? draft.agents().get().stream()
                        .anyMatch(a -> a.kind().equals(talk.agent()) && a.mayBypass())
                : begins != null && begins.mayBypass();
    }

    /// Another page: what its agent offers is not known yet.
    void forget() {
        models.set(List.of());
    }

    /// Asks the session for another way to ask.
    public void choose(Mode wanted) {
        OpenSession open = session.get();
        if (open == null) {
            draft.mode().set(wanted);
            return;
        }
        ask(
                open,
                Json.object().put("subtype", "set_permission_mode").put("mode", wanted.wire()),
                "The mode stays as it is: ");
    }

    /// @param model as the agent names it
    public void model(String model) {
        OpenSession open = session.get();
        if (open != null) {
            ask(
                    open,
                    Json.object().put("subtype", "set_model").put("model", model),
                    "The model stays as it is: ");
        }
    }

    /// Asks the agent what models it has; they come in [#models].
    void askForModels() {
        OpenSession open = session.get();
        if (open == null || !models.get().isEmpty()) {
            return;
        }
        open.control(Json.object().put("subtype", "initialize"))
                .thenAccept(answer -> {
                    List<Model> all = new ArrayList<>();
                    answer.path("models")
                            .forEach(m ->
                                    all.add(
                                            new Model(
                                                    m.path("value").asText(),
                                                    m.path("displayName").asText(),
                                                    m.path("description").asText(""))));
                    delay.after(
                            Duration.ZERO,
                            () -> {
                                if (open.equals(session.get())) {
                                    models.set(List.copyOf(all));
                                }
                            });
                });
    }

    /// Sends again what could not be sent, and goes on with what waits.
    void runQueue() {
        OpenSession now = session.get();
        if (now != null) {
            ask(
                    now,
                    Json.object().put("subtype", "oriel_run_queue"),
                    "Your messages could not be sent again: ");
        }
    }

    private void ask(OpenSession open, ObjectNode request, String otherwise) {
        open.control(request)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        delay.after(
                                Duration.ZERO,
                                () -> notices.trouble(otherwise + cause.getMessage()));
                    }
                });
    }

    /// The mode that counts now.
    public ReadOnlyObjectProperty<Mode> mode() {
        return mode.getReadOnlyProperty();
    }

    /// The modes that can be chosen now. [Mode#BYPASS] only where the server's operator allowed it.
    public ReadOnlyObjectProperty<List<Mode>> modes() {
        return modes.getReadOnlyProperty();
    }

    /// What the agent offers, once it was asked.
    public ReadOnlyObjectProperty<List<Model>> models() {
        return models.getReadOnlyProperty();
    }
}
