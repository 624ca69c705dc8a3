package dev.oriel.testing.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.client.ClientException;
import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountCheck.Verdict;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountList;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.client.account.LocalServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A server's accounts in memory. Keys that contain `bad` are refused. Replies are completed
/// immediately unless [#hold] was called.
public final class FakeAccounts implements AccountRequests {
    private final List<AccountInfo> accounts = new ArrayList<>();
    private final List<AccountDraft> added = new ArrayList<>();
    private final List<AccountDraft> checked = new ArrayList<>();
    private final List<LocalServer> servers = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private Verdict verdict = Verdict.OK;
    private String text = "";
    private boolean holding;
    private boolean modelless;
    private boolean holdsChecks;
    private @Nullable Exception failure;

    /// A fake as JSON describes it: `list` and `servers` as in the protocol, `verdict` and `text`
    /// of checks, `hold` to keep their replies, `failure` for a sentence with which all requests
    /// fail.
    public static FakeAccounts of(JsonNode json) {
        FakeAccounts fake = new FakeAccounts();
        json.path("list").forEach(a -> fake.with(AccountInfo.fromJson(a)));
        LocalServer.listFromJson(json).forEach(fake::with);
        AccountCheck check = AccountCheck.fromJson(json);
        if (json.has("verdict")) {
            fake.finding(check.verdict(), check.text());
        }
        fake.holdsChecks = json.path("hold").asBoolean();
        if (json.has("failure")) {
            fake.setFailure(new ClientException("forbidden", json.path("failure").asText()));
        }
        return fake;
    }

    /// What further checks find; a bad key comes first.
    public FakeAccounts finding(Verdict found, String sentence) {
        verdict = found;
        text = sentence;
        return this;
    }

    /// Further checks find no list of models.
    public FakeAccounts withoutModels() {
        modelless = true;
        return this;
    }

    /// Keeps all further replies until [#release].
    public void hold() {
        holding = true;
    }

    /// Completes the replies that were kept.
    public void release() {
        holding = false;
        List.copyOf(held).forEach(Runnable::run);
        held.clear();
    }

    /// Lets all further requests fail.
    ///
    /// @param cause null to let them succeed again
    public void setFailure(@Nullable Exception cause) {
        failure = cause;
    }

    public FakeAccounts with(AccountInfo account) {
        accounts.add(account);
        return this;
    }

    public FakeAccounts with(LocalServer server) {
        servers.add(server);
        return this;
    }

    public static AccountInfo account(String id, String name) {
        return new AccountInfo(
                id,
                name,
                AccountInfo.Kind.ANTHROPIC,
                "https://api.anthropic.com",
                AccountInfo.Auth.API_KEY,
                true,
                "keychain",
                false,
                false,
                null,
                List.of(),
                List.of());
    }

    public static AccountInfo preferred(AccountInfo a, boolean preferred) {
        return new AccountInfo(
                a.id(),
                a.name(),
                a.kind(),
                a.baseUrl(),
                a.auth(),
                a.hasKey(),
                a.storedIn(),
                preferred,
                a.readOnly(),
                a.defaultModel(),
                a.headers(),
                a.lacks());
    }

    public static LocalServer ollama(String... models) {
        return new LocalServer(
                "ollama",
                "Ollama",
                "http://127.0.0.1:11434",
                "0.14.2",
                List.of(models).stream().map(m -> new AccountCheck.Model(m, m)).toList());
    }

    public List<AccountInfo> accounts() {
        return accounts;
    }

    /// The drafts that were added or changed, oldest first.
    public List<AccountDraft> added() {
        return added;
    }

    /// The drafts that were tried.
    public List<AccountDraft> checked() {
        return checked;
    }

    private <T> CompletableFuture<T> reply(T value) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        Exception cause = failure;
        Runnable complete =
                () -> {
                    if (cause == null) {
                        reply.complete(value);
                    } else {
                        reply.completeExceptionally(cause);
                    }
                };
        if (holding) {
            held.add(complete);
        } else {
            complete.run();
        }
        return reply;
    }

    @Override
    public CompletableFuture<AccountList> list() {
        return reply(
                new AccountList(
                        accounts, "file", "Keys are kept in a file that only you can read."));
    }

    @Override
    public CompletableFuture<AccountInfo> add(AccountDraft draft) {
        added.add(draft);
        AccountInfo.Kind kind = draft.kind();
        String url = draft.baseUrl();
        String name = draft.name();
        AccountInfo account =
                new AccountInfo(
                        "account-" + (accounts.size() + 1),
                        name == null ? "Anthropic" : name,
                        kind == null ? AccountInfo.Kind.GATEWAY : kind,
                        url == null ? "https://api.anthropic.com" : url,
                        AccountInfo.Auth.API_KEY,
                        draft.key() != null,
                        draft.key() == null ? null : "file",
                        accounts.isEmpty(),
                        false,
                        draft.defaultModel(),
                        List.of(),
                        List.of());
        if (failure == null) {
            accounts.add(account);
        }
        return reply(account);
    }

    @Override
    public CompletableFuture<AccountInfo> change(String id, AccountDraft draft) {
        added.add(draft);
        for (int i = 0; i < accounts.size() && failure == null; i++) {
            AccountInfo a = accounts.get(i);
            boolean mine = a.id().equals(id);
            if (Boolean.TRUE.equals(draft.preferred())) {
                a = preferred(a, mine);
            }
            accounts.set(i, mine && draft.name() != null ? renamed(a, draft.name()) : a);
        }
        return accounts.stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .map(this::reply)
                .orElseGet(() ->
                        CompletableFuture.failedFuture(
                                new ClientException("not_found", "There is no such account.")));
    }

    private static AccountInfo renamed(AccountInfo a, String name) {
        return new AccountInfo(
                a.id(),
                name,
                a.kind(),
                a.baseUrl(),
                a.auth(),
                a.hasKey(),
                a.storedIn(),
                a.preferred(),
                a.readOnly(),
                a.defaultModel(),
                a.headers(),
                a.lacks());
    }

    @Override
    public CompletableFuture<Void> remove(String id) {
        if (failure == null) {
            accounts.removeIf(a -> a.id().equals(id));
        }
        return reply(0).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<AccountCheck> check(@Nullable String id, AccountDraft draft) {
        checked.add(draft);
        if (holdsChecks) {
            return new CompletableFuture<>();
        }
        String key = draft.key();
        boolean bad = key != null && key.contains("bad");
        return reply(
                new AccountCheck(
                        bad ? Verdict.BAD_KEY : verdict,
                        bad ? "The server does not accept the key." : text,
                        bad || modelless || verdict != Verdict.OK
                                ? List.of()
                                : List.of(
                                        new AccountCheck.Model("claude-opus-5-5", "Opus 5.5"),
                                        new AccountCheck.Model("claude-haiku-5", "Haiku 5")),
                        List.of()));
    }

    @Override
    public CompletableFuture<List<LocalServer>> findLocalServers() {
        return reply(List.copyOf(servers));
    }
}
