package dev.oriel.account.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.account.Account;
import dev.oriel.account.AccountChange;
import dev.oriel.account.KeyPlace;
import dev.oriel.account.OwnerFileKeyStore;
import dev.oriel.account.SecretText;
import dev.oriel.account.StoredAccounts;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemKeyStoreTest {
    private static final SecretText KEY = new SecretText("sk-ant-canary-1");
    private static final SecretText OTHER = new SecretText("sk-ant-canary-2");

    @TempDir Path folder;
    private final FakeSystemSecrets system = new FakeSystemSecrets();
    private Instant now = Instant.EPOCH;
    private OwnerFileKeyStore file;
    private SystemKeyStore store;

    @BeforeEach
    void open() {
        file = new OwnerFileKeyStore(folder.resolve("keys.json"));
        store = store(Duration.ofSeconds(30));
    }

    private SystemKeyStore store(Duration call) {
        return new SystemKeyStore(
                file,
                "the fake store",
                system::open,
                new SystemKeyStore.Limits(Duration.ofSeconds(30), call, Duration.ofMinutes(1)),
                () -> now);
    }

    private @Nullable String inFile(String name) throws IOException {
        SecretText text = file.read(name);
        return text == null ? null : text.reveal();
    }

    private String read(String name) throws IOException {
        SecretText text = store.read(name);
        return text == null ? "none" : text.reveal();
    }

    @Test
    void aKeyIsInTheSystemsStoreAndNotInTheFile() throws Exception {
        assertThat(store.write("a", KEY)).isEqualTo(KeyPlace.KEYCHAIN);

        assertThat(system.secrets).containsOnly(Map.entry("a", KEY.reveal()));
        assertThat(folder.resolve("keys.json")).doesNotExist();
        assertThat(read("a")).isEqualTo(KEY.reveal());
        assertThat(store.kind()).isEqualTo("os");
        assertThat(store.description()).contains("Keys are kept in the fake store");

        store.remove("a");
        assertThat(system.secrets).isEmpty();
        assertThat(read("a")).isEqualTo("none");
    }

    @Test
    void theSystemIsNotAskedBeforeAKeyIsNeeded() throws Exception {
        file.write("b", KEY);

        assertThat(store.kind()).isEqualTo("os");
        assertThat(store.description()).isNotEmpty();
        assertThat(read("b")).isEqualTo(KEY.reveal());

        assertThat(system.opened).hasValue(0);
    }

    @Test
    void withoutAStoreKeysAreInTheFileAndTheReasonIsSaid() throws Exception {
        system.missing = "libsecret is not installed";

        assertThat(store.write("a", KEY)).isEqualTo(KeyPlace.FILE);

        assertThat(inFile("a")).isEqualTo(KEY.reveal());
        assertThat(read("a")).isEqualTo(KEY.reveal());
        assertThat(store.kind()).isEqualTo("file");
        assertThat(store.description())
                .isEqualTo(
                        "New keys are kept in a file that only your user can read, because the fake"
                                + " store cannot be used: libsecret is not installed.");
        store.remove("a");
        assertThat(inFile("a")).isNull();
    }

    @Test
    void aStoreThatIsMissingIsTriedAgainLater() throws Exception {
        system.missing = "there is none";
        store.write("a", KEY);
        store.write("b", KEY);
        assertThat(system.opened).hasValue(1);

        system.missing = null;
        now = now.plus(Duration.ofMinutes(2));
        assertThat(store.write("a", OTHER)).isEqualTo(KeyPlace.KEYCHAIN);

        assertThat(inFile("a")).isNull();
        assertThat(inFile("b")).isEqualTo(KEY.reveal());
        assertThat(read("a")).isEqualTo(OTHER.reveal());
        assertThat(store.kind()).isEqualTo("os");
    }

    @Test
    void aStoreThatForgetsDoesNotLoseTheKey() throws Exception {
        system.forgets = true;

        assertThat(store.write("a", KEY)).isEqualTo(KeyPlace.FILE);

        assertThat(read("a")).isEqualTo(KEY.reveal());
    }

    @Test
    void aNewKeyInTheFileGoesBeforeAnOldOneInTheStore() throws Exception {
        store.write("a", KEY);
        system.failure = "it is locked";

        assertThat(store.write("a", OTHER)).isEqualTo(KeyPlace.FILE);
        assertThat(read("a")).isEqualTo(OTHER.reveal());

        system.failure = null;
        assertThat(read("a")).isEqualTo(OTHER.reveal());
        store.remove("a");
        assertThat(system.secrets).isEmpty();
        assertThat(read("a")).isEqualTo("none");
    }

    @Test
    void aKeyInALockedStoreIsNotTakenForNone() throws Exception {
        store.write("a", KEY);
        system.failure = "it is locked";

        assertThatThrownBy(() -> store.read("a"))
                .isInstanceOf(IOException.class)
                .hasMessage("The key is in the fake store, which cannot be used: it is locked.");
        assertThatThrownBy(() -> store.remove("a")).isInstanceOf(IOException.class);
        system.failure = null;
        assertThat(read("a")).isEqualTo(KEY.reveal());
    }

    @Test
    void aKeyOfTheFileIsMoved() throws Exception {
        file.write("a", KEY);

        assertThat(store.move("a")).isEqualTo(KeyPlace.KEYCHAIN);
        assertThat(inFile("a")).isNull();
        assertThat(read("a")).isEqualTo(KEY.reveal());
        assertThat(store.move("unknown")).isNull();
    }

    @Test
    void aKeyThatCannotBeMovedStays() throws Exception {
        file.write("a", KEY);
        system.failure = "it is locked";

        assertThat(store.move("a")).isEqualTo(KeyPlace.FILE);
        assertThat(read("a")).isEqualTo(KEY.reveal());
    }

    @Test
    @Timeout(30)
    void aSilentStoreIsGivenUpAndCancelled() throws Exception {
        store = store(Duration.ofMillis(50));
        system.silent = new CountDownLatch(1);

        assertThat(store.write("a", KEY)).isEqualTo(KeyPlace.FILE);

        assertThat(read("a")).isEqualTo(KEY.reveal());
        assertThat(store.description()).contains("it does not answer");
    }

    @Test
    @Timeout(30)
    void oneCallThatNeverEndsDoesNotHoldUpTheOthers() throws Exception {
        store = store(Duration.ofMillis(50));
        CountDownLatch never = new CountDownLatch(1);
        system.silent = never;
        system.endsWhenCancelled = false;
        store.write("a", KEY);
        now = now.plus(Duration.ofMinutes(2));

        assertThat(store.write("b", KEY)).isEqualTo(KeyPlace.FILE);
        assertThat(system.calls).hasValue(1);
        never.countDown();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerWithoutADesktopUsesTheFile() throws Exception {
        assertThat(KeyStores.system(folder, Map.of()).kind()).isEqualTo("file");
        assertThat(KeyStores.system(folder, Map.of("XDG_RUNTIME_DIR", folder.toString())).kind())
                .isEqualTo("file");

        Files.createFile(folder.resolve("bus"));
        assertThat(KeyStores.system(folder, Map.of("XDG_RUNTIME_DIR", folder.toString())).kind())
                .isEqualTo("os");
        assertThat(
                        KeyStores.system(
                                        folder,
                                        Map.of(
                                                "DBUS_SESSION_BUS_ADDRESS",
                                                "unix:path=/x",
                                                "ORIEL_KEY_STORE",
                                                "file"))
                                .kind())
                .isEqualTo("file");
        assertThat(
                        KeyStores.system(folder, Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=/x"))
                                .kind())
                .isEqualTo("os");
    }

    @Test
    void accountsSayWhereTheirKeyIs() throws Exception {
        StoredAccounts old = StoredAccounts.in(folder, null);
        Account account = old.add(change("{'kind':'anthropic','key':'k-1'}"));
        assertThat(old.toJson(account).path("stored_in").asText()).isEqualTo("file");

        StoredAccounts accounts = StoredAccounts.in(folder, store, null);
        assertThat(accounts.toJson(account).path("stored_in").asText()).isEqualTo("file");
        Account renamed = accounts.change(account.id(), change("{'name':'Work'}"));
        assertThat(accounts.toJson(renamed).path("stored_in").asText()).isEqualTo("keychain");
        assertThat(system.secrets).containsOnly(Map.entry(account.id(), "k-1"));
        assertThat(Files.readString(folder.resolve("keys.json"))).doesNotContain("k-1");
        assertThat(Files.readString(folder.resolve("accounts.json"))).doesNotContain("k-1");

        StoredAccounts again = StoredAccounts.in(folder, store, null);
        assertThat(again.toJson(renamed).path("stored_in").asText()).isEqualTo("keychain");
        SecretText key = again.key(renamed);
        assertThat(key == null ? "" : key.reveal()).isEqualTo("k-1");

        again.remove(account.id());
        assertThat(system.secrets).isEmpty();
        assertThat(again.list()).isEmpty();
    }

    @Test
    void aKeyThatTheUserDeletedOutsideIsMissedByName() throws Exception {
        StoredAccounts accounts = StoredAccounts.in(folder, store, null);
        Account account = accounts.add(change("{'kind':'anthropic','name':'Work','key':'k-1'}"));
        system.secrets.clear();

        assertThatThrownBy(() -> accounts.key(account))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The key of Work");
    }

    @Test
    @Timeout(30)
    void accountsAreListedWhileTheStoreAsksTheUser() throws Exception {
        StoredAccounts accounts = StoredAccounts.in(folder, store, null);
        CountDownLatch asking = new CountDownLatch(1);
        system.silent = asking;
        Thread adding =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                accounts.add(change("{'kind':'anthropic','key':'k-1'}"));
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        });
        while (system.calls.get() == 0) {
            Thread.onSpinWait();
        }

        assertThat(accounts.list()).isEqualTo(List.of());
        asking.countDown();
        adding.join();
        assertThat(accounts.list()).hasSize(1);
    }

    private static AccountChange change(String json) throws Exception {
        return AccountChange.fromJson(
                Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
