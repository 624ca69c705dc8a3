package dev.oriel.app.account;

import dev.oriel.app.shell.AgentChoice;
import dev.oriel.app.shell.NewSessionDraft;
import dev.oriel.client.account.AccountInfo;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The page of a user who has neither the `claude` CLI nor a key: three ways to an answer, each of
/// them checked at once, and the demo. Belongs to the JavaFX thread.
public final class FirstRunViewModel {
    private final NewSessionDraft draft;
    private final Runnable checkAgents;
    private final KeyForm key;
    private final LocalSearch local;
    private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable AgentChoice> cli = new ReadOnlyObjectWrapper<>();

    /// Whether the user asked for the CLI to be looked for, and there is no reply yet.
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper();

    /// Whether the user wants the demo.
    private boolean dismissed;

    /// @param draft the new session, which gets the new account
    /// @param checkAgents asks the server anew which agents it has
    public FirstRunViewModel(
            AccountsViewModel accounts, NewSessionDraft draft, Runnable checkAgents) {
        this.draft = draft;
        this.checkAgents = checkAgents;
        key = new KeyForm(accounts, this::use);
        local = new LocalSearch(accounts, this::use);
        draft.agents().subscribe(_ -> update());
    }

    /// The server reported its agents, which may be the same as before.
    public void onAgents() {
        checking.set(false);
        update();
    }

    private void update() {
        List<AgentChoice> agents = draft.agents().get();
        cli.set(find(agents, "cli"));
        // A server without the agent of the Messages API offers no way from here, and one that
        // prefers the demo was started for it.
        boolean possible =
                find(agents, "api") != null && agents.stream().noneMatch(FirstRunViewModel::serves);
        boolean show = possible && !dismissed;
        if (show && !shown.get()) {
            local.search();
        }
        shown.set(show);
    }

    private static boolean serves(AgentChoice a) {
        return a.ready() && (!a.demo() || a.preferred());
    }

    private static @Nullable AgentChoice find(List<AgentChoice> agents, String kind) {
        return agents.stream().filter(a -> a.kind().equals(kind)).findFirst().orElse(null);
    }

    private void use(AccountInfo account) {
        draft.expectAccount(account.id());
    }

    /// Looks for the CLI again.
    public void checkCli() {
        checking.set(true);
        checkAgents.run();
    }

    /// Leaves the page for the demo.
    public void useDemo() {
        dismissed = true;
        draft.chooseAgent("demo");
        update();
    }

    /// Shows the page again, after [#useDemo()].
    public void showAgain() {
        dismissed = false;
        update();
    }

    /// Whether the page is shown in place of that of a new session.
    public ReadOnlyBooleanProperty shown() {
        return shown.getReadOnlyProperty();
    }

    /// What is known of the CLI; null if the server has none.
    public ReadOnlyObjectProperty<@Nullable AgentChoice> cli() {
        return cli.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }

    public KeyForm key() {
        return key;
    }

    public LocalSearch local() {
        return local;
    }
}
