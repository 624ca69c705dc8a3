package dev.oriel.app.account;

import dev.oriel.app.shell.AccountNames;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.platform.FutureFailures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The accounts of the connected server, and what can be done with them. Belongs to the JavaFX
/// thread.
public final class AccountsViewModel {
    static final String NONE_HERE = "This server has no accounts of its own.";

    private final Supplier<@Nullable AccountRequests> requests;
    private final Executor fx;
    private final Consumer<String> infos;
    private final Consumer<String> errors;
    private final ReadOnlyObjectWrapper<AccountsState> state =
            new ReadOnlyObjectWrapper<>(new AccountsState.Unknown());
    private final ReadOnlyObjectWrapper<Map<String, AccountVerdict>> verdicts =
            new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<ServerPlace> place =
            new ReadOnlyObjectWrapper<>(ServerPlace.HERE);
    private Runnable onChanged = () -> {};
    private Supplier<ServerPlace> whereNow = () -> ServerPlace.HERE;

    /// The number of the last request for the list; replies to earlier ones are out of date.
    private int asked;

    /// Counts the servers; a reply of an earlier one is ignored.
    private int server;

    /// @param requests those of the connected server; null if there is none, or it has no accounts
    /// @param infos receives short sentences about what was done
    /// @param errors receives sentences about what did not work
    public AccountsViewModel(
            Supplier<@Nullable AccountRequests> requests,
            Executor fx,
            Consumer<String> infos,
            Consumer<String> errors) {
        this.requests = requests;
        this.fx = fx;
        this.infos = infos;
        this.errors = errors;
    }

    /// @param listener called after an account was added, changed or removed
    public void setOnChanged(Runnable listener) {
        onChanged = listener;
    }

    /// @param where tells on which computer the connected server is
    public void setPlace(Supplier<ServerPlace> where) {
        whereNow = where;
        place.set(where.get());
    }

    /// The window turned to another server.
    public void reset() {
        server++;
        asked++;
        verdicts.set(Map.of());
        state.set(new AccountsState.Unknown());
    }

    /// Reads the accounts. Those that are known stay until the reply.
    public void load() {
        place.set(whereNow.get());
        AccountRequests to = requests.get();
        if (to == null) {
            state.set(new AccountsState.Unavailable(NONE_HERE));
            return;
        }
        if (!(state.get() instanceof AccountsState.Known)) {
            state.set(new AccountsState.Loading());
        }
        int own = ++asked;
        to.list()
                .whenCompleteAsync(
                        (list, failure) -> {
                            if (own == asked) {
                                state.set(
                                        failure == null
                                                ? new AccountsState.Known(list)
                                                : new AccountsState.Unavailable(
                                                        FutureFailures.message(failure)));
                            }
                        },
                        fx);
    }

    /// Tries an account.
    public void check(AccountInfo account) {
        AccountRequests to = requests.get();
        if (to == null || verdict(account.id()).state() == AccountVerdict.State.CHECKING) {
            return;
        }
        put(account.id(), AccountVerdict.CHECKING);
        int own = server;
        to.check(account.id(), AccountDraft.NOTHING)
                .whenCompleteAsync(
                        (check, failure) -> {
                            if (own == server) {
                                put(
                                        account.id(),
                                        failure == null
                                                ? AccountVerdict.of(
                                                        check, account.kind(), place.get())
                                                : AccountVerdict.refused(failure));
                            }
                        },
                        fx);
    }

    /// Changes the name. An empty one changes nothing.
    public void rename(AccountInfo account, String name) {
        String wanted = AccountText.line(name);
        if (!wanted.isEmpty() && !wanted.equals(account.name())) {
            change(account, AccountDraft.NOTHING.withName(wanted), "");
        }
    }

    /// Replaces the key, and tries the new one.
    ///
    /// @param pasted as the user pasted it; not kept
    /// @return why it cannot be a key; empty if the server is asked
    public String replaceKey(AccountInfo account, String pasted) {
        String key = PastedKey.clean(pasted);
        String problem = key.isEmpty() ? "Paste a key." : PastedKey.problem(key);
        if (problem.isEmpty()) {
            change(account, AccountDraft.NOTHING.withKey(key), "")
                    .thenRunAsync(() -> check(account), fx);
        }
        return problem;
    }

    /// Makes new sessions use the account.
    public void makeDefault(AccountInfo account) {
        change(
                account,
                AccountDraft.NOTHING.asDefault(),
                "New sessions use “%s”.".formatted(AccountNames.name(account)));
    }

    /// Removes the account and its key.
    public void remove(AccountInfo account) {
        AccountRequests to = requests.get();
        if (to == null) {
            return;
        }
        int own = server;
        to.remove(account.id())
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (own == server) {
                                finish(
                                        failure,
                                        "“%s” was removed.".formatted(AccountNames.name(account)));
                            }
                        },
                        fx);
    }

    private CompletableFuture<?> change(AccountInfo account, AccountDraft draft, String done) {
        AccountRequests to = requests.get();
        if (to == null) {
            return new CompletableFuture<>();
        }
        int own = server;
        put(account.id(), AccountVerdict.NONE);
        CompletableFuture<AccountInfo> changed = to.change(account.id(), draft);
        changed.whenCompleteAsync(
                (_, failure) -> {
                    if (own == server) {
                        finish(failure, done);
                    }
                },
                fx);
        return changed;
    }

    private void finish(@Nullable Throwable failure, String done) {
        if (failure != null) {
            errors.accept("The account was not changed: " + FutureFailures.message(failure));
        } else if (!done.isEmpty()) {
            infos.accept(done);
        }
        // After a failure too: another window may have changed it.
        changed();
    }

    /// Something changed on the server.
    void changed() {
        load();
        onChanged.run();
    }

    private void put(String id, AccountVerdict verdict) {
        Map<String, AccountVerdict> all = new HashMap<>(verdicts.get());
        if (verdict.equals(AccountVerdict.NONE)) {
            all.remove(id);
        } else {
            all.put(id, verdict);
        }
        verdicts.set(Map.copyOf(all));
    }

    /// What was found about an account.
    public AccountVerdict verdict(String id) {
        return verdicts.get().getOrDefault(id, AccountVerdict.NONE);
    }

    /// The accounts; empty while they are not known.
    public List<AccountInfo> accounts() {
        return state.get() instanceof AccountsState.Known(var list) ? list.accounts() : List.of();
    }

    /// An account; null if there is none, or they are not known.
    public @Nullable AccountInfo find(@Nullable String id) {
        return accounts().stream().filter(a -> a.id().equals(id)).findFirst().orElse(null);
    }

    public ReadOnlyObjectProperty<AccountsState> state() {
        return state.getReadOnlyProperty();
    }

    /// On which computer the accounts are.
    public ReadOnlyObjectProperty<ServerPlace> place() {
        return place.getReadOnlyProperty();
    }

    /// What was found by checks, by the id of the account.
    public ReadOnlyObjectProperty<Map<String, AccountVerdict>> verdicts() {
        return verdicts.getReadOnlyProperty();
    }

    @Nullable AccountRequests requests() {
        return requests.get();
    }

    Executor fx() {
        return fx;
    }
}
