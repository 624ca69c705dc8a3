package dev.oriel.testing.client;

import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountList;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.client.account.LocalServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The accounts of a real server on whose computer one local server is found, at any port.
public record LocalServerAt(AccountRequests real, String url, String model)
        implements AccountRequests {
    @Override
    public CompletableFuture<AccountList> list() {
        return real.list();
    }

    @Override
    public CompletableFuture<AccountInfo> add(AccountDraft draft) {
        return real.add(draft);
    }

    @Override
    public CompletableFuture<AccountInfo> change(String id, AccountDraft draft) {
        return real.change(id, draft);
    }

    @Override
    public CompletableFuture<Void> remove(String id) {
        return real.remove(id);
    }

    @Override
    public CompletableFuture<AccountCheck> check(@Nullable String id, AccountDraft draft) {
        return real.check(id, draft);
    }

    @Override
    public CompletableFuture<List<LocalServer>> findLocalServers() {
        LocalServer server =
                new LocalServer(
                        "ollama",
                        "Ollama",
                        url,
                        "0.14.2",
                        List.of(new AccountCheck.Model(model, model)));
        return CompletableFuture.completedFuture(List.of(server));
    }
}
