package dev.oriel.app.account;

import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.platform.FutureFailures;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Finds programs on the server's computer that run models, and adds one of them as an account.
/// Belongs to the JavaFX thread.
public final class LocalSearch {
    private final AccountsViewModel accounts;
    private final KeyForm form;
    private final ReadOnlyObjectWrapper<LocalServersState> state =
            new ReadOnlyObjectWrapper<>(new LocalServersState.NotSearched());
    private int searched;

    /// @param added receives the new account
    public LocalSearch(AccountsViewModel accounts, Consumer<AccountInfo> added) {
        this.accounts = accounts;
        this.form = new KeyForm(accounts, added);
    }

    /// Looks for them, now.
    public void search() {
        AccountRequests to = accounts.requests();
        int own = ++searched;
        form.edited();
        if (to == null) {
            state.set(new LocalServersState.Failed(AccountsViewModel.NONE_HERE));
            return;
        }
        state.set(new LocalServersState.Searching());
        to.findLocalServers()
                .whenCompleteAsync(
                        (servers, failure) -> {
                            if (own == searched) {
                                state.set(
                                        failure == null
                                                ? new LocalServersState.Found(
                                                        servers.stream()
                                                                .map(LocalModelServer::from)
                                                                .toList())
                                                : new LocalServersState.Failed(
                                                        FutureFailures.message(failure)));
                            }
                        },
                        accounts.fx());
    }

    /// Tries a model of a server, and adds an account for it if it works.
    public void use(LocalModelServer server, LocalModelServer.LocalModel model) {
        form.useLocal(server.program(), server.baseUrl(), model.id());
    }

    public ReadOnlyObjectProperty<LocalServersState> state() {
        return state.getReadOnlyProperty();
    }

    /// On which computer it searches.
    public ReadOnlyObjectProperty<ServerPlace> place() {
        return accounts.place();
    }

    /// What was found when one of them was tried.
    public ReadOnlyObjectProperty<AccountVerdict> verdict() {
        return form.verdict();
    }
}
