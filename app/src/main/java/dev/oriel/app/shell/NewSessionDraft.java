package dev.oriel.app.shell;

import dev.oriel.client.AgentInfo;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.account.AccountInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    private static final String API = "api";

    private List<AgentInfo> infos = List.of();
    private List<AccountInfo> accounts = List.of();

    /// Whether the user chose the agent; otherwise it follows what the server prefers.
    private boolean chosenByUser;

    /// An account that was added and is to be chosen; null if there is none.
    private @Nullable String expectedAccount;

    private final StringProperty folder = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable AgentChoice> agent =
            new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<PermissionMode> mode =
            new SimpleObjectProperty<>(PermissionMode.MANUAL);
    private final ObjectProperty<@Nullable String> model = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable String> effort = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<List<AgentChoice>> agents =
            new ReadOnlyObjectWrapper<>(List.of());

    public NewSessionDraft() {
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
        infos = List.copyOf(all);
        update();
    }

    /// Takes over the server's accounts: the agent of the Messages API is offered with each of
    /// them.
    public void updateAccounts(List<AccountInfo> all) {
        accounts = List.copyOf(all);
        update();
    }

    private void update() {
        List<AgentChoice> before = agents.get();
        List<AgentChoice> now = new ArrayList<>();
        for (AgentInfo info : infos) {
            if (info.kind().equals(API) && info.isReady() && !accounts.isEmpty()) {
                boolean only = accounts.size() == 1;
                accounts.forEach(a -> now.add(AgentChoice.from(info, a, only)));
            } else {
                now.add(AgentChoice.from(info));
            }
        }
        boolean preferredBecameReady =
                !before.isEmpty()
                        && now.stream().anyMatch(a -> a.preferred() && a.ready())
                        && before.stream()
                                .noneMatch(
                                        a -> a.preferred() && a.ready() && isStillOffered(a, now));
        AgentChoice wanted =
                find(
                        now,
                        a ->
                                a.ready()
                                        && a.account() != null
                                        && a.account().equals(expectedAccount));
        if (wanted != null) {
            expectedAccount = null;
            chosenByUser = true;
        } else if (chosenByUser && !preferredBecameReady) {
            AgentChoice last = agent.get();
            wanted = last == null ? null : find(now, a -> a.ready() && a.isSame(last));
        }
        if (wanted == null) {
            chosenByUser = false;
            wanted = find(now, a -> a.preferred() && a.ready());
        }
        if (wanted == null) {
            wanted = find(now, AgentChoice::ready);
        }
        agents.set(List.copyOf(now));
        choose(wanted);
    }

    /// An account may only have become another one's default.
    private static boolean isStillOffered(AgentChoice a, List<AgentChoice> now) {
        return now.stream().anyMatch(n -> n.ready() && n.kind().equals(a.kind()));
    }

    private static @Nullable AgentChoice find(
            List<AgentChoice> choices, Predicate<AgentChoice> condition) {
        return choices.stream().filter(condition).findFirst().orElse(null);
    }

    /// Chooses an agent.
    ///
    /// @param kind of one of [#agents()]; another is ignored
    public void chooseAgent(String kind) {
        chooseAgent(kind, null);
    }

    /// Chooses an agent with an account.
    ///
    /// @param kind of one of [#agents()]; another is ignored
    /// @param account of that agent; null for an agent without accounts
    public void chooseAgent(String kind, @Nullable String account) {
        AgentChoice chosen =
                find(
                        agents.get(),
                        a ->
                                a.kind().equals(kind)
                                        && (account == null || account.equals(a.account())));
        if (chosen != null) {
            chosenByUser = true;
            choose(chosen);
        }
    }

    /// Chooses an account as soon as the server offers it.
    ///
    /// @param account its id
    public void expectAccount(String account) {
        expectedAccount = account;
        update();
    }

    private void choose(@Nullable AgentChoice chosen) {
        AgentChoice last = agent.get();
        if (last != null && chosen != null && !last.isSame(chosen)) {
            // Another agent may not have them.
            model.set(null);
            effort.set(null);
        }
        agent.set(chosen);
    }

    /// The request that creates the session.
    public NewSessionRequest toRequest() {
        AgentChoice chosen = agent.get();
        return new NewSessionRequest(
                folder.get().isBlank() ? null : folder.get(),
                chosen == null ? null : chosen.kind(),
                model.get(),
                mode.get() == PermissionMode.MANUAL ? null : mode.get().wireName(),
                effort.get(),
                chosen == null ? null : chosen.account());
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

    /// The agents that the server knows, including those that are not ready, the one of the
    /// Messages API once for each account; empty until it has reported them.
    public ReadOnlyObjectProperty<List<AgentChoice>> agents() {
        return agents.getReadOnlyProperty();
    }
}
