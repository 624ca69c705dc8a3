package dev.oriel.client.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountList;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.client.account.LocalServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The routes of accounts.
final class RestAccounts implements AccountRequests {
    private static final String PATH = "/v1/accounts";

    private final RestClient rest;

    RestAccounts(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public CompletableFuture<AccountList> list() {
        return rest.request("GET", PATH, null).thenApply(AccountList::fromJson);
    }

    @Override
    public CompletableFuture<AccountInfo> add(AccountDraft draft) {
        return rest.request("POST", PATH, draft.toJson()).thenApply(AccountInfo::fromJson);
    }

    @Override
    public CompletableFuture<AccountInfo> change(String id, AccountDraft draft) {
        return rest.request("PATCH", path(id), draft.toJson()).thenApply(AccountInfo::fromJson);
    }

    @Override
    public CompletableFuture<Void> remove(String id) {
        return rest.request("DELETE", path(id), null).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<AccountCheck> check(@Nullable String id, AccountDraft draft) {
        ObjectNode body = draft.toJson();
        if (id != null) {
            body.put("id", id);
        }
        return rest.request("POST", PATH + "/check", body).thenApply(AccountCheck::fromJson);
    }

    @Override
    public CompletableFuture<List<LocalServer>> findLocalServers() {
        return rest.request("GET", "/v1/local-servers", null).thenApply(LocalServer::listFromJson);
    }

    private static String path(String id) {
        return PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
