package dev.oriel.app.account;

import dev.oriel.client.account.AccountCheck;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountDraft.NewHeader;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Adds an account: what was entered is tried, and added if it works. Keys are passed on and not
/// kept. Belongs to the JavaFX thread.
public final class KeyForm {
    private final AccountsViewModel accounts;
    private final Consumer<AccountInfo> added;
    private final ReadOnlyObjectWrapper<AccountVerdict> verdict =
            new ReadOnlyObjectWrapper<>(AccountVerdict.NONE);

    /// The number of the last attempt; the results of earlier ones are ignored.
    private int attempt;

    /// A header that a gateway expects.
    ///
    /// @param value may be secret
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }

    /// What the user entered. Its [#toString] contains no key.
    ///
    /// @param key as it was pasted
    /// @param baseUrl empty for Anthropic's own API
    /// @param headers empty ones are ignored
    /// @param model that new sessions use; empty for the server's choice
    /// @param name empty for the server's choice
    public record Entry(
            String key, String baseUrl, List<Header> headers, String model, String name) {
        public Entry {
            headers = List.copyOf(headers);
        }

        /// A key for Anthropic's own API.
        public static Entry ofKey(String key) {
            return new Entry(key, "", List.of(), "", "");
        }

        @Override
        public String toString() {
            return "Entry[" + baseUrl + "]";
        }
    }

    /// @param added receives the new account
    public KeyForm(AccountsViewModel accounts, Consumer<AccountInfo> added) {
        this.accounts = accounts;
        this.added = added;
    }

    /// Tries what was entered, and adds the account if it works.
    public void submit(Entry entry) {
        start(entry, true);
    }

    /// Adds the account although it does not work now, for example without a network.
    public void addUntried(Entry entry) {
        start(entry, false);
    }

    private void start(Entry entry, boolean check) {
        String key = PastedKey.clean(entry.key());
        AccountVerdict problem = problem(entry, key);
        AccountRequests to = accounts.requests();
        attempt++;
        if (problem != null || to == null) {
            verdict.set(
                    problem == null
                            ? AccountVerdict.wrong(AccountsViewModel.NONE_HERE, "")
                            : problem);
            return;
        }
        AccountDraft draft = draft(entry, key);
        if (check) {
            tryThenAdd(to, draft);
        } else {
            add(to, draft, null);
        }
    }

    /// Uses a local server with one of its models.
    ///
    /// @param name of the program
    public void useLocal(String name, String baseUrl, String model) {
        AccountRequests to = accounts.requests();
        if (to != null) {
            attempt++;
            tryThenAdd(to, AccountDraft.local(baseUrl).withName(name).withDefaultModel(model));
        }
    }

    private void tryThenAdd(AccountRequests to, AccountDraft draft) {
        int own = attempt;
        verdict.set(AccountVerdict.CHECKING);
        to.check(null, draft)
                .whenCompleteAsync(
                        (check, failure) -> {
                            if (own != attempt) {
                                return;
                            }
                            if (failure != null) {
                                verdict.set(AccountVerdict.refused(failure));
                            } else if (check.isOk() && lacksModel(check, draft)) {
                                verdict.set(
                                        AccountVerdict.wrong(
                                                "The server works, but does not list its models.",
                                                "Enter the model that Claude shall use."));
                            } else if (check.isOk()) {
                                add(to, draft, check);
                            } else {
                                verdict.set(AccountVerdict.of(check, kind(draft), place()));
                            }
                        },
                        accounts.fx());
    }

    private void add(AccountRequests to, AccountDraft draft, @Nullable AccountCheck check) {
        int own = attempt;
        to.add(draft)
                .whenCompleteAsync(
                        (account, failure) -> {
                            if (own == attempt) {
                                verdict.set(verdict(failure, check, kind(draft)));
                                if (failure == null) {
                                    added.accept(account);
                                }
                            }
                            if (failure == null) {
                                accounts.changed();
                            }
                        },
                        accounts.fx());
    }

    private AccountVerdict verdict(
            @Nullable Throwable failure, @Nullable AccountCheck check, AccountInfo.Kind kind) {
        if (failure != null) {
            return AccountVerdict.refused(failure);
        }
        return check == null ? AccountVerdict.NONE : AccountVerdict.of(check, kind, place());
    }

    /// Whether a session would not know which model to request.
    private static boolean lacksModel(AccountCheck check, AccountDraft draft) {
        return check.models().isEmpty() && draft.defaultModel() == null;
    }

    private static AccountInfo.Kind kind(AccountDraft draft) {
        AccountInfo.Kind kind = draft.kind();
        return kind == null ? AccountInfo.Kind.GATEWAY : kind;
    }

    private static AccountDraft draft(Entry entry, String key) {
        String url = entry.baseUrl().strip();
        AccountDraft draft =
                url.isEmpty()
                        ? AccountDraft.anthropic(key)
                        : AccountDraft.NOTHING
                                .withKind(AccountInfo.Kind.GATEWAY)
                                .withBaseUrl(url)
                                .withKey(key.isEmpty() ? null : key);
        if (!url.isEmpty() && key.isEmpty()) {
            draft = draft.withAuth(AccountInfo.Auth.NONE);
        } else if (!url.isEmpty() && isBearer(entry.key())) {
            draft = draft.withAuth(AccountInfo.Auth.BEARER);
        }
        List<NewHeader> headers = new ArrayList<>();
        for (Header h : entry.headers()) {
            if (!h.name().isBlank()) {
                // Any of them may be a credential, so none is ever shown again.
                headers.add(new NewHeader(h.name().strip(), h.value().strip(), true));
            }
        }
        return draft.withHeaders(headers.isEmpty() ? null : headers)
                .withDefaultModel(entry.model().isBlank() ? null : entry.model().strip())
                .withName(entry.name().isBlank() ? null : entry.name().strip());
    }

    /// Whether it may be an address. The server judges the rest, and adds a scheme that is missing.
    private static boolean isAddress(String url) {
        String scheme = url.contains("://") ? "(?i)https?://" : "";
        return url.matches(scheme + "[^\\s/?#]+\\S*");
    }

    /// Whether the key was pasted as a line for `Authorization`.
    private static boolean isBearer(String pasted) {
        return pasted.strip().matches("(?is)(authorization\\s*:\\s*)?bearer\\s.*");
    }

    private ServerPlace place() {
        return accounts.place().get();
    }

    private static @Nullable AccountVerdict problem(Entry entry, String key) {
        String url = entry.baseUrl().strip();
        if (url.isEmpty() && key.isEmpty()) {
            return AccountVerdict.wrong("Paste a key first.", "");
        }
        String wrongKey = key.isEmpty() ? "" : PastedKey.problem(key);
        if (!wrongKey.isEmpty()) {
            return AccountVerdict.wrong(wrongKey, "Copy the whole key where it was created.");
        }
        if (!url.isEmpty() && !isAddress(url)) {
            return AccountVerdict.wrong(
                    "This is not the address of a server.",
                    "It is like https://gateway.example.org or localhost:11434.");
        }
        for (Header h : entry.headers()) {
            if (h.name().isBlank() && !h.value().isBlank()) {
                return AccountVerdict.wrong("A header has no name.", "");
            }
            if (!h.name().isBlank() && !h.name().strip().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                return AccountVerdict.wrong(
                        "The name of a header has letters, digits and - only.", "");
            }
            if (h.value().chars().anyMatch(c -> c < 0x20 && c != '\t')) {
                return AccountVerdict.wrong("The value of a header is one line.", "");
            }
        }
        return null;
    }

    /// What was entered changed: the last result is not about it.
    public void edited() {
        attempt++;
        verdict.set(AccountVerdict.NONE);
    }

    public ReadOnlyObjectProperty<AccountVerdict> verdict() {
        return verdict.getReadOnlyProperty();
    }
}
