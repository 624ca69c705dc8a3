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

/// A session that has not begun: it begins on the server with its first prompt. Belongs to the
/// JavaFX thread.
public final class NewSessionDraft {
    public static final String KEY = "new";

    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable AgentChoice> agent =
            new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<PermissionMode> mode =
            new SimpleObjectProperty<>(PermissionMode.MANUAL);
    private final ReadOnlyObjectWrapper<List<AgentChoice>> agents =
            new ReadOnlyObjectWrapper<>(List.of());

    NewSessionDraft() {
        agent.subscribe(a -> {
            if (mode.get() == PermissionMode.BYPASS && (a == null || !a.mayBypass())) {
                mode.set(PermissionMode.MANUAL);
            }
        });
    }

    /// What the server can do, as it has just said. What cannot be used is not chosen. A choice of
    /// the user stays, unless the preferred agent has just become ready: then that is what was
    /// waited for.
    public void updateAgents(List<AgentInfo> all) {
        Set<String> readyBefore =
                agents.get().stream()
                        .filter(AgentChoice::ready)
                        .map(AgentChoice::kind)
                        .collect(Collectors.toSet());
        boolean found =
                !agents.get().isEmpty()
                        && all.stream()
                                .anyMatch(a ->
                                        a.preferred()
                                                && a.isReady()
                                                && !readyBefore.contains(a.kind()));
        agents.set(all.stream().map(AgentChoice::from).toList());
        AgentChoice before = found ? null : agent.get();
        Optional<AgentInfo> same =
                all.stream()
                        .filter(a ->
                                before != null && a.kind().equals(before.kind()) && a.isReady())
                        .findFirst();
        Optional<AgentInfo> best =
                all.stream().filter(a -> a.preferred() && a.isReady()).findFirst();
        Optional<AgentInfo> ready = all.stream().filter(AgentInfo::isReady).findFirst();
        agent.set(same.or(() -> best).or(() -> ready).map(AgentChoice::from).orElse(null));
    }

    /// @param kind one of those in [#agents()]
    public void chooseAgent(String kind) {
        agents.get().stream().filter(a -> a.kind().equals(kind)).findFirst().ifPresent(agent::set);
    }

    public NewSessionRequest toRequest() {
        AgentChoice chosen = agent.get();
        return new NewSessionRequest(
                folder.get().isBlank() ? null : folder.get(),
                chosen == null ? null : chosen.kind(),
                null,
                mode.get() == PermissionMode.MANUAL ? null : mode.get().wireName());
    }

    /// Where it begins; empty for the server's home folder.
    public StringProperty folder() {
        return folder;
    }

    public ReadOnlyObjectProperty<@Nullable AgentChoice> agent() {
        return agent.getReadOnlyProperty();
    }

    public ObjectProperty<PermissionMode> mode() {
        return mode;
    }

    /// Every kind the server knows, also those that cannot be used there; empty until it has said
    /// so.
    public ReadOnlyObjectProperty<List<AgentChoice>> agents() {
        return agents.getReadOnlyProperty();
    }
}
