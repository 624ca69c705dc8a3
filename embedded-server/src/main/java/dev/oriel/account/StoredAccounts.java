package dev.oriel.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.AccountFile.Contents;
import dev.oriel.account.AccountFile.Stored;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts of a server: one that the environment or options set, and those that the user has
/// added. Thread-safe. The file is read with the first question; only this object changes it.
public final class StoredAccounts implements Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(StoredAccounts.class);
    private static final int MOST = 100;

    private final AccountFile file;
    private final KeyStore keys;
    private final @Nullable FixedAccount fixed;
    private @Nullable Contents read; // guarded by this
    private @Nullable Account fixedNow; // with what its server lacks; guarded by this

    /// @param file of the accounts; created with the first one
    /// @param keys where their keys are; not used before one is needed
    /// @param fixed null for none
    public StoredAccounts(Path file, KeyStore keys, @Nullable FixedAccount fixed) {
        this.file = new AccountFile(file);
        this.keys = keys;
        this.fixed = fixed;
        this.fixedNow = fixed == null ? null : fixed.account();
    }

    /// The accounts of a data folder, with keys in a file.
    public static StoredAccounts in(Path dataFolder, @Nullable FixedAccount fixed) {
        return new StoredAccounts(
                dataFolder.resolve("accounts.json"),
                new OwnerFileKeyStore(dataFolder.resolve("keys.json")),
                fixed);
    }

    /// One account that is stored nowhere, for example that of a client's own key.
    public static Accounts only(FixedAccount account) {
        return new SingleAccount(account);
    }

    @Override
    public synchronized List<Account> list() {
        Contents contents = contents();
        List<Account> all = new ArrayList<>();
        if (fixedNow != null) {
            all.add(fixedNow);
        }
        contents.accounts().forEach(s -> all.add(s.account()));
        String preferred = contents.preferred();
        if (preferred != null && (fixed == null || !fixed.first())) {
            all.stream()
                    .filter(a -> a.id().equals(preferred))
                    .findFirst()
                    .ifPresent(a -> {
                        all.remove(a);
                        all.addFirst(a);
                    });
        }
        return List.copyOf(all);
    }

    /// Requires the lock. A file that cannot be read counts as empty, and is not replaced.
    private Contents contents() {
        Contents known = read;
        if (known == null) {
            try {
                known = file.read();
                read = known;
            } catch (IOException e) {
                LOG.warn("{}", e.getMessage());
                return Contents.EMPTY;
            }
        }
        return known;
    }

    /// Requires the lock.
    private Contents contentsToChange() throws IOException {
        Contents known = read;
        return known == null ? file.read() : known;
    }

    /// Requires the lock.
    private void save(Contents contents) throws IOException {
        file.write(contents);
        read = contents;
    }

    @Override
    public @Nullable SecretText key(Account account) throws IOException {
        if (isFixed(account.id())) {
            FixedAccount.SecretSource source = fixed == null ? null : fixed.key();
            return source == null ? null : source.read();
        }
        return account.auth() == Account.Auth.NONE ? null : keys.read(account.id());
    }

    @Override
    public Map<String, SecretText> secretHeaders(Account account) throws IOException {
        Map<String, SecretText> secrets = new LinkedHashMap<>();
        for (String name : secretNames(account)) {
            SecretText value = secretHeader(account, name);
            if (value != null) {
                secrets.put(name, value);
            }
        }
        return secrets;
    }

    private static List<String> secretNames(Account account) {
        return account.headers().entrySet().stream()
                .filter(h -> h.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private @Nullable SecretText secretHeader(Account account, String name) throws IOException {
        if (isFixed(account.id())) {
            FixedAccount.SecretSource source = fixed == null ? null : fixed.headers().get(name);
            return source == null ? null : source.read();
        }
        return keys.read(headerKey(account.id(), name));
    }

    private boolean isFixed(String id) {
        return fixed != null && fixed.account().id().equals(id);
    }

    private static String headerKey(String id, String name) {
        return id + "/" + name.toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void addLack(Account account, String feature) {
        Account known = find(account.id());
        if (known == null || known.lacks().contains(feature)) {
            return;
        }
        List<String> lacks = new ArrayList<>(known.lacks());
        lacks.add(feature);
        Account changed = known.withLacks(lacks);
        if (isFixed(known.id())) {
            fixedNow = changed;
            return;
        }
        try {
            Contents contents = contentsToChange();
            save(new Contents(contents.preferred(), replaced(contents, changed, null)));
        } catch (IOException e) {
            LOG.warn("What a server lacks was not stored: {}", e.getMessage());
        }
    }

    /// Adds an account; the first one becomes the default.
    ///
    /// @throws AccountException if it is not possible so
    /// @throws IOException if it or its key cannot be stored; the message is for the user
    public Account add(AccountChange change) throws AccountException, IOException {
        Account account = AccountRules.create(change, list());
        synchronized (this) {
            Contents contents = contentsToChange();
            if (contents.accounts().size() >= MOST) {
                throw AccountException.invalid("There are too many accounts. Remove some.");
            }
            boolean hasKey = storeSecrets(account, change);
            List<Stored> accounts = new ArrayList<>(contents.accounts());
            accounts.add(new Stored(account, hasKey));
            boolean preferred =
                    Boolean.TRUE.equals(change.makeDefault())
                            || (fixed == null && accounts.size() == 1);
            save(new Contents(preferred ? account.id() : contents.preferred(), accounts));
            return account;
        }
    }

    /// Changes an account.
    ///
    /// @throws AccountException if it is not possible so
    /// @throws IOException if it or its key cannot be stored; the message is for the user
    public Account change(String id, AccountChange change) throws AccountException, IOException {
        synchronized (this) {
            Account before = require(id);
            Contents contents = contentsToChange();
            String preferred =
                    Boolean.TRUE.equals(change.makeDefault()) ? id : contents.preferred();
            if (isFixed(id)) {
                AccountRules.checkOnlyDefault(change);
                save(new Contents(preferred, contents.accounts()));
                return before;
            }
            Account after = AccountRules.changed(before, change);
            for (String name : secretNames(before)) {
                if (secretNames(after).stream().noneMatch(name::equalsIgnoreCase)) {
                    keys.remove(headerKey(id, name));
                }
            }
            boolean hasKey = storeSecrets(after, change);
            Boolean keyNow = change.key() == null ? null : hasKey;
            save(new Contents(preferred, replaced(contents, after, keyNow)));
            return after;
        }
    }

    /// @return whether the change has a key
    private boolean storeSecrets(Account account, AccountChange change) throws IOException {
        for (AccountChange.Header header :
                change.headers() == null ? List.<AccountChange.Header>of() : change.headers()) {
            if (header.secret() && header.value() != null) {
                keys.write(headerKey(account.id(), header.name()), header.value());
            }
        }
        SecretText key = change.key();
        if (key == null) {
            return false;
        }
        if (key.reveal().isEmpty()) {
            keys.remove(account.id());
            return false;
        }
        keys.write(account.id(), key);
        return true;
    }

    /// @param hasKey null for what it was
    private static List<Stored> replaced(
            Contents contents, Account after, @Nullable Boolean hasKey) {
        return contents.accounts().stream()
                .map(s ->
                        s.account().id().equals(after.id())
                                ? new Stored(after, hasKey == null ? s.hasKey() : hasKey)
                                : s)
                .toList();
    }

    /// Removes an account and its secrets.
    ///
    /// @throws AccountException if there is none, or it is set outside of Oriel
    /// @throws IOException if it cannot be removed; the message is for the user
    public synchronized void remove(String id) throws AccountException, IOException {
        Account account = require(id);
        if (isFixed(id)) {
            throw AccountRules.readOnly();
        }
        keys.remove(id);
        for (String name : secretNames(account)) {
            keys.remove(headerKey(id, name));
        }
        Contents contents = contentsToChange();
        save(
                new Contents(
                        id.equals(contents.preferred()) ? null : contents.preferred(),
                        contents.accounts().stream()
                                .filter(s -> !s.account().id().equals(id))
                                .toList()));
    }

    /// An account as it would be with a change. Stores nothing.
    ///
    /// @param id null for a new account
    /// @throws AccountException if it is not possible so
    public Account preview(@Nullable String id, AccountChange change) throws AccountException {
        return id == null ? AccountRules.draft(change) : AccountRules.changed(require(id), change);
    }

    /// @throws AccountException if there is none of that id
    private Account require(String id) throws AccountException {
        return Optional.ofNullable(find(id))
                .orElseThrow(() ->
                        new AccountException(
                                AccountException.Reason.NOT_FOUND, "There is no such account."));
    }

    /// An account as clients see it, without its key (`PROTOCOL.md`, "Accounts").
    public synchronized ObjectNode toJson(Account account) {
        List<Account> all = list();
        ObjectNode json = AccountFile.toJson(account);
        json.put("has_key", hasKey(account));
        json.put("default", !all.isEmpty() && all.getFirst().id().equals(account.id()));
        if (isFixed(account.id())) {
            json.put("read_only", true);
        }
        return json;
    }

    private boolean hasKey(Account account) {
        return isFixed(account.id())
                ? fixed != null && fixed.key() != null
                : contents().accounts().stream()
                        .anyMatch(s -> s.hasKey() && s.account().id().equals(account.id()));
    }

    /// All accounts, and where their keys are kept.
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode accounts = json.putArray("accounts");
        list().forEach(a -> accounts.add(toJson(a)));
        json.putObject("key_store").put("kind", keys.kind()).put("text", keys.description());
        return json;
    }
}
