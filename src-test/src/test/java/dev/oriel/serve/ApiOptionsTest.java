package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.account.Account;
import dev.oriel.account.FixedAccount;
import dev.oriel.account.StoredAccounts;
import dev.oriel.agent.api.ApiSettings;
import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ApiOptionsTest {
    @TempDir Path folder;

    private static @Nullable FixedAccount account(
            Map<String, String> environment, String... options) {
        return CommandLine.populateCommand(new ApiOptions(), options)
                .account(environment, IllegalArgumentException::new);
    }

    private static FixedAccount require(Map<String, String> environment, String... options) {
        return Objects.requireNonNull(account(environment, options));
    }

    private Path file(String name, String text) throws IOException {
        Path file = PrivateFiles.createNew(folder.resolve(name));
        return Files.writeString(file, text);
    }

    private static String key(FixedAccount account) throws IOException {
        return Objects.requireNonNull(Objects.requireNonNull(account.key()).read()).reveal();
    }

    @Test
    void withoutOptionsTheEnvironmentSetsTheAccount() {
        assertThat(account(Map.of())).isNull();
        FixedAccount found = require(Map.of("ANTHROPIC_API_KEY", "k"), "--model=m-1");
        assertThat(found.account().defaultModel()).isEqualTo("m-1");
        assertThat(found.first()).isFalse();
    }

    @Test
    void theKeyIsReadFromItsFileEachTime() throws Exception {
        Path file = file("key", "sk-1\nrest\n");
        FixedAccount found =
                require(Map.of("ANTHROPIC_API_KEY", "other"), "--api-key-file=" + file);
        assertThat(key(found)).isEqualTo("sk-1");
        assertThat(found.account().kind()).isEqualTo(Account.Kind.ANTHROPIC);
        assertThat(found.account().auth()).isEqualTo(Account.Auth.API_KEY);

        Files.writeString(file, "sk-2");

        assertThat(key(found)).isEqualTo("sk-2");
    }

    @Test
    void aLocalServerGetsNoKeyOfTheEnvironment() {
        FixedAccount found =
                require(
                        Map.of("ANTHROPIC_API_KEY", "secret"),
                        "--base-url=http://127.0.0.1:11434",
                        "--model=qwen3-coder");
        assertThat(found.account().kind()).isEqualTo(Account.Kind.LOCAL);
        assertThat(found.account().auth()).isEqualTo(Account.Auth.NONE);
        assertThat(found.account().defaultModel()).isEqualTo("qwen3-coder");
        assertThat(found.key()).isNull();
    }

    @Test
    void headersOfAGatewayAreReadFromFiles() throws Exception {
        Path team = file("team", "blue\n");
        FixedAccount found =
                require(Map.of(), "--base-url=https://gate.example", "--api-header=X-Team:" + team);
        var accounts = StoredAccounts.in(folder, found);
        Account account = accounts.list().getFirst();

        var headers = accounts.secretHeaders(account);

        assertThat(Objects.requireNonNull(headers.get("X-Team")).reveal()).isEqualTo("blue");
        assertThat(account.toString()).doesNotContain("blue");
    }

    @Test
    void theAccountOfOptionsIsTheDefault() throws Exception {
        Path key = file("key", "sk-1");
        Files.writeString(folder.resolve("accounts.json"), "{\"default\":\"x\"}");

        var accounts = StoredAccounts.in(folder, require(Map.of(), "--api-key-file=" + key));

        assertThat(Objects.requireNonNull(accounts.find(null)).id()).isEqualTo("environment");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Path key = file("key", "sk-ant-canary");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> account(Map.of(), "--api-key-file=" + key))
                .hasMessageContaining("chmod 600")
                .message()
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\nsk-ant-canary", "sk-ant-canary\u0007", "canäry"})
    void aFileWithoutAKeyIsRefused(String text) throws Exception {
        Path key = file("key", text);

        assertThatThrownBy(() -> account(Map.of(), "--api-key-file=" + key))
                .hasMessageContaining("first line")
                .message()
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "--api-key-file=nowhere, cannot be read",
        "--base-url=http://gate.example, must begin with https",
        "--base-url=https://u:p@gate.example, must not contain",
        "--api-header=X-Team, NAME:FILE",
        "--api-header=Host:nowhere, Host",
        "--api-header=X-Team:nowhere, cannot be read"
    })
    void whatIsNotPossibleIsRefused(String option, String problem) {
        assertThatThrownBy(() -> account(Map.of(), option)).hasMessageContaining(problem);
    }

    @Test
    void noToolReadsTheWebAndNoSandboxIsUsedByDefault() {
        ApiSettings none = settings();
        assertThat(none.webFetch()).isFalse();
        assertThat(none.sandbox()).isFalse();
        assertThat(none.model()).isNull();
        ApiSettings all = settings("--web-fetch", "--sandbox=auto", "--model=m-1");
        assertThat(all.webFetch()).isTrue();
        assertThat(all.sandbox()).isTrue();
        assertThat(all.model()).isEqualTo("m-1");
    }

    private ApiSettings settings(String... options) {
        return CommandLine.populateCommand(new ApiOptions(), options)
                .settings(StoredAccounts.in(folder, null), folder, false);
    }
}
