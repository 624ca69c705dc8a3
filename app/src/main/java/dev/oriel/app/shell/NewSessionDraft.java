package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.NewSessionRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The choices for a new session, which is created on the server with its first prompt. Belongs to
/// the JavaFX thread.
public final class NewSessionDraft {
    /// The key of the new session in the draft store.
    public static final String KEY = "new";

    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable AgentChoice> agent =
            new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<PermissionMode> mode =
            new SimpleObjectProperty<>(PermissionMode.MANUAL);
    private final ObjectProperty<@Nullable String> model = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable String> effort = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<AgentChoice>> agents =
            new ReadOnlyObjectWrapper<>(List.of());

    NewSessionDraft() {
        agent.subscribe(a -> {
            if (mode.get() == PermissionMode.BYPASS && (a == null || !a.mayBypass())) {
                mode.set(PermissionMode.MANUAL);
            }
        });
    }

    /// Takes over the server's agents. An agent that is not ready is not chosen. The user's choice
    /// stays, unless the preferred agent has become ready since the last update: the user has
    /// waited for that.
    public void updateAgents(List<AgentInfo> all) {
        Set<String> readyBefore =
                agents.get().stream()
                        .filter(AgentChoice::ready)
                        .map(AgentChoice::kind)
                        .collect(Collectors.toSet());
        boolean preferredBecameReady =
                !agents.get().isEmpty()
                        && all.stream()
                                .anyMatch(a ->
                                        a.preferred()
                                                && a.isReady()
                                                && !readyBefore.contains(a.kind()));
        agents.set(all.stream().map(AgentChoice::from).toList());
        AgentChoice before = preferredBecameReady ? null : agent.get();
        Optional<AgentInfo> same =
                all.stream()
                        .filter(a ->
                                before != null && a.kind().equals(before.kind()) && a.isReady())
                        .findFirst();
        Optional<AgentInfo> preferred =
                all.stream().filter(a -> a.preferred() && a.isReady()).findFirst();
        Optional<AgentInfo> ready = all.stream().filter(AgentInfo::isReady).findFirst();
        agent.set(same.or(() -> preferred).or(() -> ready).map(AgentChoice::from).orElse(null));
    }

    /// Chooses an agent.
    ///
    /// @param kind of one of [#agents()]; another is ignored
    public void chooseAgent(String kind) {
        agents.get().stream().filter(a -> a.kind().equals(kind)).findFirst().ifPresent(agent::set);
    }

    /// The request that creates the session.
    public NewSessionRequest toRequest() {
        AgentChoice chosen = agent.get();
        return new NewSessionRequest(
                folder.get().isBlank() ? null : folder.get(),
                chosen == null ? null : chosen.kind(),
                model.get(),
                mode.get() == PermissionMode.MANUAL ? null : mode.get().wireName(),
                effort.get());
    }

    /// The working folder; empty for the home folder on the server's computer.
    public StringProperty folder() {
        return folder;
    }

    /// The chosen agent; null if none is ready.
    public ReadOnlyObjectProperty<@Nullable AgentChoice> agent() {
        return agent.getReadOnlyProperty();
    }

    /// The permission mode.
    public ObjectProperty<PermissionMode> mode() {
        return mode;
    }

    /// The name of the model; null for the agent's default.
    public ObjectProperty<@Nullable String> model() {
        return model;
    }

    /// How much the agent thinks, a name on the wire; null for its default.
    public ObjectProperty<@Nullable String> effort() {
        return effort;
    }

    /// The agents that the server knows, including those that are not ready; empty until it has
    /// reported them.
    public ReadOnlyObjectProperty<List<AgentChoice>> agents() {
        return agents.getReadOnlyProperty();
    }
}
