package dev.oriel.app.shell;

import dev.oriel.app.client.AgentInfo;
import dev.oriel.app.client.NewSession;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// A session that has not begun: it begins on the server with its first prompt. Belongs to the
/// JavaFX thread.
public final class DraftPage {
    static final String KEY = "new";

    private final StringProperty folder = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable AgentInfo> agent = new SimpleObjectProperty<>();
    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.MANUAL);
    private final ReadOnlyObjectWrapper<List<AgentInfo>> agents =
            new ReadOnlyObjectWrapper<>(List.of());

    /// What the server can do, as it has just said. What cannot be used is not chosen, unless
    /// nothing else is there.
    void agents(List<AgentInfo> all) {
        agents.set(all);
        AgentInfo before = agent.get();
        Optional<AgentInfo> same =
                all.stream()
                        .filter(a -> before != null && a.kind().equals(before.kind()))
                        .findFirst();
        Optional<AgentInfo> best = all.stream().filter(a -> a.preferred() && a.ready()).findFirst();
        Optional<AgentInfo> ready = all.stream().filter(AgentInfo::ready).findFirst();
        agent.set(same.or(() -> best).or(() -> ready).orElse(null));
    }

    NewSession session() {
        AgentInfo chosen = agent.get();
        return new NewSession(
                folder.get().isBlank() ? null : folder.get(),
                chosen == null ? null : chosen.kind(),
                null,
                mode.get() == Mode.MANUAL ? null : mode.get().wire());
    }

    /// Where it begins; empty for the server's home folder.
    public StringProperty folder() {
        return folder;
    }

    public ObjectProperty<@Nullable AgentInfo> agent() {
        return agent;
    }

    public ObjectProperty<Mode> mode() {
        return mode;
    }

    /// Every kind the server knows, also those that cannot be used there; empty until it has said
    /// so.
    public ReadOnlyObjectProperty<List<AgentInfo>> agents() {
        return agents.getReadOnlyProperty();
    }
}
