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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
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

    /// Held while accounts are changed. The key store can block, so that `this` is not held then:
    /// whoever lists accounts never waits for it.
    private final ReentrantLock changes = new ReentrantLock();

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
        return in(dataFolder, new OwnerFileKeyStore(dataFolder.resolve("keys.json")), fixed);
    }

    /// The accounts of a data folder.
    public static StoredAccounts in(Path dataFolder, KeyStore keys, @Nullable FixedAccount fixed) {
        return new StoredAccounts(dataFolder.resolve("accounts.json"), keys, fixed);
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

    private synchronized Contents contentsToChange() throws IOException {
        Contents known = read;
        return known == null ? file.read() : known;
    }

    private synchronized void update(UnaryOperator<Contents> change) throws IOException {
        Contents now = change.apply(contentsToChange());
        file.write(now);
        read = now;
    }

    @Override
    public @Nullable SecretText key(Account account) throws IOException {
        if (isFixed(account.id())) {
            FixedAccount.SecretSource source = fixed == null ? null : fixed.key();
            return source == null ? null : source.read();
        }
        KeyPlace place = storedIn(account);
        if (account.auth() == Account.Auth.NONE || place == null) {
            return null;
        }
        SecretText key = keys.read(account.id());
        if (key == null) {
            throw new IOException(
                    "The key of "
                            + account.name()
                            + (place == KeyPlace.KEYCHAIN
                                    ? " is in a key store that denies it or is not there. Unlock"
                                            + " it, or enter the key again."
                                    : " is no longer in its file. Enter it again."));
        }
        return key;
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
            update(contents ->
                    new Contents(
                            contents.preferred(),
                            contents.accounts().stream()
                                    .map(s ->
                                            s.account().id().equals(changed.id())
                                                    ? new Stored(changed, s.keyIn())
                                                    : s)
                                    .toList()));
        } catch (IOException e) {
            LOG.warn("What a server lacks was not stored: {}", e.getMessage());
        }
    }

    /// Adds an account; the first one becomes the default.
    ///
    /// @throws AccountException if it is not possible so
    /// @throws IOException if it or its key cannot be stored; the message is for the user
    public Account add(AccountChange change) throws AccountException, IOException {
        changes.lock();
        try {
            Account account = AccountRules.create(change, list());
            if (contentsToChange().accounts().size() >= MOST) {
                throw AccountException.invalid("There are too many accounts. Remove some.");
            }
            KeyPlace keyIn = storeSecrets(account, change);
            update(contents -> {
                List<Stored> accounts = new ArrayList<>(contents.accounts());
                accounts.add(new Stored(account, keyIn));
                boolean preferred =
                        Boolean.TRUE.equals(change.makeDefault())
                                || (fixed == null && accounts.size() == 1);
                return new Contents(preferred ? account.id() : contents.preferred(), accounts);
            });
            return account;
        } finally {
            changes.unlock();
        }
    }

    /// Changes an account.
    ///
    /// @throws AccountException if it is not possible so
    /// @throws IOException if it or its key cannot be stored; the message is for the user
    public Account change(String id, AccountChange change) throws AccountException, IOException {
        changes.lock();
        try {
            Account before = require(id);
            boolean preferred = Boolean.TRUE.equals(change.makeDefault());
            if (isFixed(id)) {
                AccountRules.checkOnlyDefault(change);
                update(contents ->
                        new Contents(preferred ? id : contents.preferred(), contents.accounts()));
                return before;
            }
            Account after = AccountRules.changed(before, change);
            // Before anything is changed: a file that cannot be read is not replaced.
            KeyPlace keyWas = contentsToChange().placeOf(id);
            for (String name : secretNames(before)) {
                if (secretNames(after).stream().noneMatch(name::equalsIgnoreCase)) {
                    keys.remove(headerKey(id, name));
                }
            }
            KeyPlace stored = storeSecrets(after, change);
            KeyPlace keyIn = change.key() == null && keyWas != null ? moveKey(id, keyWas) : stored;
            update(contents ->
                    new Contents(
                            preferred ? id : contents.preferred(),
                            contents.accounts().stream()
                                    .map(s ->
                                            s.account().id().equals(id)
                                                    ? new Stored(after, keyIn)
                                                    : s)
                                    .toList()));
            return after;
        } finally {
            changes.unlock();
        }
    }

    /// With a key store of the operating system, keys of the time before are moved to it.
    private KeyPlace moveKey(String id, KeyPlace was) {
        if (was == KeyPlace.KEYCHAIN) {
            return was;
        }
        try {
            KeyPlace now = keys.move(id);
            return now == null ? was : now;
        } catch (IOException e) {
            LOG.warn("The key of an account stays where it is: {}", e.getMessage());
            return was;
        }
    }

    /// @return where the key of the change is; null if it has none
    private @Nullable KeyPlace storeSecrets(Account account, AccountChange change)
            throws IOException {
        for (AccountChange.Header header :
                change.headers() == null ? List.<AccountChange.Header>of() : change.headers()) {
            if (header.secret() && header.value() != null) {
                keys.write(headerKey(account.id(), header.name()), header.value());
            }
        }
        SecretText key = change.key();
        if (key == null) {
            return null;
        }
        if (key.reveal().isEmpty()) {
            removeKey(account.id());
            return null;
        }
        return keys.write(account.id(), key);
    }

    /// A store is only asked to remove a key that it may have.
    private void removeKey(String id) throws IOException {
        if (contentsToChange().placeOf(id) != null) {
            keys.remove(id);
        }
    }

    /// Removes an account and its secrets.
    ///
    /// @throws AccountException if there is none, or it is set outside of Oriel
    /// @throws IOException if it cannot be removed; the message is for the user
    public void remove(String id) throws AccountException, IOException {
        changes.lock();
        try {
            Account account = require(id);
            if (isFixed(id)) {
                throw AccountRules.readOnly();
            }
            removeKey(id);
            for (String name : secretNames(account)) {
                keys.remove(headerKey(id, name));
            }
            update(contents ->
                    new Contents(
                            id.equals(contents.preferred()) ? null : contents.preferred(),
                            contents.accounts().stream()
                                    .filter(s -> !s.account().id().equals(id))
                                    .toList()));
        } finally {
            changes.unlock();
        }
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
        KeyPlace place = storedIn(account);
        json.put("has_key", place != null);
        if (place != null) {
            json.put("stored_in", place.wireName());
        }
        json.put("default", !all.isEmpty() && all.getFirst().id().equals(account.id()));
        if (isFixed(account.id())) {
            json.put("read_only", true);
        }
        return json;
    }

    /// Where its key is; null if it has none.
    private synchronized @Nullable KeyPlace storedIn(Account account) {
        if (!isFixed(account.id())) {
            return contents().placeOf(account.id());
        }
        if (fixed == null || fixed.key() == null) {
            return null;
        }
        return fixed.first() ? KeyPlace.FILE : KeyPlace.ENVIRONMENT;
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
