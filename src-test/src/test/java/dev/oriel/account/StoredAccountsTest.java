package dev.oriel.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StoredAccountsTest {
    private static final String KEY = "sk-ant-canary-1234";

    @TempDir Path folder;
    private StoredAccounts accounts;

    @BeforeEach
    void open() {
        accounts = StoredAccounts.in(folder, null);
    }

    private static AccountChange change(String json) throws Exception {
        return AccountChange.fromJson(
                Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private Account addAnthropic() throws Exception {
        return accounts.add(change("{'kind':'anthropic','key':'" + KEY + "'}"));
    }

    private @Nullable String keyOf(Account account) throws IOException {
        SecretText key = accounts.key(account);
        return key == null ? null : key.reveal();
    }

    @Test
    void anAccountIsThereAfterARestartWithItsKey() throws Exception {
        Account added = addAnthropic();

        open();

        assertThat(accounts.list()).containsExactly(added);
        assertThat(keyOf(added)).isEqualTo(KEY);
        assertThat(added.baseUrl()).hasToString("https://api.anthropic.com");
        assertThat(added.name()).isEqualTo("Anthropic");
        assertThat(accounts.toJson(added).path("has_key").asBoolean()).isTrue();
    }

    @Test
    void onlyTheFileOfKeysContainsTheKey() throws Exception {
        addAnthropic();

        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                boolean hasKey = Files.readString(file).contains(KEY);
                assertThat(hasKey).isEqualTo(file.endsWith("keys.json"));
            }
        }
        assertThat(accounts.toJson().toString()).doesNotContain("canary");
        assertThat(accounts.list().toString()).doesNotContain("canary");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadTheFiles() throws Exception {
        addAnthropic();

        for (String name : List.of("accounts.json", "keys.json")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatOthersCanChangeIsNotUsed() throws Exception {
        Account added = addAnthropic();
        Files.setPosixFilePermissions(
                folder.resolve("keys.json"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> accounts.key(added))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys.json")
                .message()
                .doesNotContain("canary", folder.toString());
    }

    @Test
    void theFirstAccountIsTheDefaultUntilAnotherIsChosen() throws Exception {
        Account first = addAnthropic();
        Account second = accounts.add(change("{'kind':'local','base_url':'localhost:11434'}"));
        assertThat(accounts.find(null)).isEqualTo(first);

        accounts.change(second.id(), change("{'default':true}"));
        assertThat(accounts.find(null)).isEqualTo(second);

        accounts.remove(second.id());
        assertThat(accounts.find(null)).isEqualTo(first);
    }

    @Test
    void aLocalServerNeedsNoKey() throws Exception {
        Account local = accounts.add(change("{'kind':'local','base_url':'localhost:11434/v1'}"));

        assertThat(local.auth()).isEqualTo(Account.Auth.NONE);
        assertThat(local.name()).isEqualTo("localhost:11434");
        assertThat(keyOf(local)).isNull();
    }

    @Test
    void secretHeadersAreKeptWithTheKeys() throws Exception {
        Account gateway =
                accounts.add(
                        change(
                                "{'kind':'gateway','base_url':'https://gate.example','key':'k1',"
                                        + "'headers':[{'name':'X-Team','value':'blue'},"
                                        + "{'name':'X-Gate','value':'s3','secret':true},"
                                        + "{'name':'Proxy-Authorization','value':'Basic abc'}]}"));

        Map<String, SecretText> secrets = accounts.secretHeaders(gateway);

        assertThat(secrets.keySet()).containsExactlyInAnyOrder("X-Gate", "Proxy-Authorization");
        assertThat(Objects.requireNonNull(secrets.get("X-Gate")).reveal()).isEqualTo("s3");
        assertThat(gateway.headers()).containsEntry("X-Team", "blue").containsEntry("X-Gate", null);
        assertThat(Files.readString(folder.resolve("accounts.json"))).doesNotContain("s3", "Basic");

        Account changed = accounts.change(gateway.id(), change("{'headers':[{'name':'X-Gate'}]}"));
        assertThat(accounts.secretHeaders(changed)).containsOnlyKeys("X-Gate");
        assertThat(Files.readString(folder.resolve("keys.json"))).doesNotContain("Basic");
    }

    @Test
    void aKeyIsReplacedAndRemoved() throws Exception {
        Account added = addAnthropic();

        accounts.change(added.id(), change("{'key':' sk-new \\n'}"));
        assertThat(keyOf(added)).isEqualTo("sk-new");

        accounts.change(added.id(), change("{'key':''}"));
        assertThat(keyOf(added)).isNull();
        assertThat(accounts.toJson(added).path("has_key").asBoolean()).isFalse();
    }

    @Test
    void removingAnAccountRemovesItsSecrets() throws Exception {
        Account added = addAnthropic();

        accounts.remove(added.id());

        assertThat(accounts.list()).isEmpty();
        assertThat(Files.readString(folder.resolve("keys.json"))).isEqualTo("{}");
        assertThatThrownBy(() -> accounts.remove(added.id()))
                .isInstanceOf(AccountException.class)
                .hasMessage("There is no such account.");
    }

    @Test
    void aStoredKeyIsNotSentToAnotherServer() throws Exception {
        Account added = addAnthropic();

        assertThatThrownBy(() ->
                        accounts.change(added.id(), change("{'base_url':'https://evil.example'}")))
                .isInstanceOf(AccountException.class)
                .hasMessageContaining("Enter the key again");
        assertThat(accounts.find(added.id())).isEqualTo(added);

        Account moved =
                accounts.change(
                        added.id(), change("{'base_url':'https://other.example','key':'k2'}"));
        assertThat(keyOf(moved)).isEqualTo("k2");
    }

    @Test
    void invalidValuesAreRefusedWithoutQuotingThem() {
        for (String json :
                List.of(
                        "{}",
                        "{'kind':'anthropic'}",
                        "{'kind':'gateway'}",
                        "{'kind':'bedrock','key':'canary'}",
                        "{'kind':'anthropic','key':'canary\\nX-Evil: 1'}",
                        "{'kind':'anthropic','key':'canär-canary'}",
                        "{'kind':'anthropic','key':7}",
                        "{'kind':'anthropic','key':'k','name':'a\\nb'}",
                        "{'kind':'anthropic','key':'k','name':'\\u202ecanary'}",
                        "{'kind':'anthropic','key':'k','headers':[{'name':'Host','value':'canary'}]}",
                        "{'kind':'anthropic','key':'k','headers':[{'name':'A','value':'canary\\r'},{}]}",
                        "{'kind':'anthropic','key':'k','headers':[{'name':'A','value':'ca\\rnary'}]}",
                        "{'kind':'anthropic','key':'k','headers':'canary'}",
                        "{'kind':'anthropic','key':'k','default':'yes'}")) {
            assertThatThrownBy(() -> accounts.add(change(json)))
                    .as(json)
                    .isInstanceOf(AccountException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain("canary");
        }
        assertThat(accounts.list()).isEmpty();
    }

    @Test
    void aDamagedFileIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("accounts.json"), "{\"accounts\":[{\"id\":");

        assertThat(accounts.list()).isEmpty();
        assertThatThrownBy(this::addAnthropic)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("accounts.json");
        assertThat(Files.readString(folder.resolve("accounts.json"))).contains("\"id\":");
    }

    @Test
    void theAccountOfTheEnvironmentCanOnlyBecomeTheDefault() throws Exception {
        FixedAccount fixed = EnvironmentKeys.find(Map.of("ANTHROPIC_API_KEY", KEY));
        accounts = StoredAccounts.in(folder, fixed);
        Account environment = Objects.requireNonNull(accounts.find("environment"));
        Account added = accounts.add(change("{'kind':'anthropic','key':'k','default':true}"));
        assertThat(accounts.find(null)).isEqualTo(added);

        accounts.change("environment", change("{'default':true}"));

        assertThat(accounts.find(null)).isEqualTo(environment);
        assertThat(keyOf(environment)).isEqualTo(KEY);
        ObjectNode json = accounts.toJson(environment);
        assertThat(json.path("read_only").asBoolean()).isTrue();
        assertThat(json.path("has_key").asBoolean()).isTrue();
        assertThatThrownBy(() -> accounts.change("environment", change("{'key':'k'}")))
                .hasMessageContaining("set in the environment");
        assertThatThrownBy(() -> accounts.remove("environment"))
                .hasMessageContaining("set in the environment");
    }

    @Test
    void whatAServerLacksIsRemembered() throws Exception {
        Account local = accounts.add(change("{'kind':'local','base_url':'localhost:11434'}"));

        accounts.addLack(local, "thinking");
        accounts.addLack(local, "thinking");
        open();

        assertThat(Objects.requireNonNull(accounts.find(local.id())).lacks())
                .containsExactly("thinking");
    }

    @Test
    void idsAreNotUsedAgain() throws Exception {
        Account first = addAnthropic();
        accounts.remove(first.id());

        assertThat(addAnthropic().id()).matches("anthropic-[0-9a-f]{6}").isNotEqualTo(first.id());
    }
}
