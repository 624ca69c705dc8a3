package dev.oriel.account.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.oriel.account.KeyPlace;
import dev.oriel.account.KeyStore;
import dev.oriel.account.SecretText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real key stores. On Linux, GNOME Keyring runs in a session bus of the test's own, with a
/// home folder of its own; the user's keys are not touched.
@Timeout(120)
class SystemSecretsProcessTest {
    private static final String LONG = "sk-ant-" + "ä€k".repeat(300);

    @TempDir Path folder;

    /// Starts a session, unlocks its keyring with an empty password, and runs steps in it.
    private Process start(String keyring, String... steps) throws IOException {
        for (String needed : List.of("dbus-run-session", "gnome-keyring-daemon")) {
            assumeTrue(isOnPath(needed), "skipped: " + needed + " is not installed");
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "dbus-run-session",
                                "--",
                                "sh",
                                "-c",
                                keyring + "; exec \"$@\"",
                                "sh",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SecretServiceRun.class.getName(),
                                folder.resolve("data").toString()));
        command.addAll(List.of(steps));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(false);
        builder.redirectError(folder.resolve("stderr.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        environment.keySet().removeIf(n -> n.startsWith("XDG_"));
        environment.keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        return builder.start();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(p -> Files.isExecutable(Path.of(p, program)));
    }

    private static final String UNLOCKED =
            "echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1";

    private List<String> run(String keyring, String... steps) throws Exception {
        Process process = start(keyring, steps);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> errors()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("stderr.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void gnomeKeyringKeepsKeys() throws Exception {
        assertThat(
                        run(
                                UNLOCKED,
                                "read=a-1",
                                "write=a-1=" + LONG,
                                "read=a-1",
                                "write=a-1=k2",
                                "write=a-1/x-gate=h",
                                "read=a-1",
                                "read=a-1/x-gate",
                                "remove=a-1",
                                "read=a-1",
                                "read=a-1/x-gate",
                                "remove=a-1"))
                .containsExactly(
                        "read=a-1 none",
                        "write=a-1=" + LONG + " KEYCHAIN",
                        "read=a-1 " + LONG,
                        "write=a-1=k2 KEYCHAIN",
                        "write=a-1/x-gate=h KEYCHAIN",
                        "read=a-1 k2",
                        "read=a-1/x-gate h",
                        "remove=a-1 done",
                        "read=a-1 none",
                        "read=a-1/x-gate h",
                        "remove=a-1 done");
        assertThat(folder.resolve("data/keys.json")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keysAreThereInTheNextSession() throws Exception {
        run(UNLOCKED, "write=a-1=k1");

        assertThat(run(UNLOCKED, "read=a-1")).containsExactly("read=a-1 k1");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLockedKeyringThatNobodyCanUnlockIsReplacedByTheFile() throws Exception {
        run(UNLOCKED, "write=a-1=k1");

        List<String> lines =
                run(
                        "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1",
                        "write=a-2=k2",
                        "read=a-2",
                        "describe");
        assertThat(lines).startsWith("write=a-2=k2 FILE", "read=a-2 k2");
        assertThat(lines.getLast()).contains("a file that only your user can read, because");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aBusWithoutAKeyStoreIsReplacedByTheFile() throws Exception {
        // The bus would start the keyring by itself, but for its folder of services.
        List<String> lines =
                run(
                        "unset DBUS_SESSION_BUS_ADDRESS; export"
                                + " DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere/bus",
                        "write=a-2=k2",
                        "describe");

        assertThat(lines.getFirst()).isEqualTo("write=a-2=k2 FILE");
        assertThat(lines.getLast()).contains("a file that only your user can read, because");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessSurvivesTheEndOfTheSession() throws Exception {
        Process process =
                start(
                        UNLOCKED + "; echo $PPID",
                        "write=a-1=k1",
                        "await",
                        "iterate",
                        "write=a-2=k2",
                        "read=a-2");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                OutputStream in = process.getOutputStream()) {
            long session = Long.parseLong(out.readLine());
            assertThat(out.readLine()).isEqualTo("write=a-1=k1 KEYCHAIN");
            ProcessHandle bus =
                    ProcessHandle.of(session)
                            .orElseThrow()
                            .children()
                            .filter(p -> p.info().command().orElse("").endsWith("dbus-daemon"))
                            .findFirst()
                            .orElseThrow();
            bus.destroyForcibly();
            bus.onExit().get(30, TimeUnit.SECONDS);
            in.write('\n');
            in.flush();
            assertThat(out.readLine()).as(this::errors).isEqualTo("await done");
            assertThat(out.readLine()).isEqualTo("iterate done");
            assertThat(out.readLine()).isEqualTo("write=a-2=k2 FILE");
            assertThat(out.readLine()).isEqualTo("read=a-2 k2");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs({OS.MAC, OS.WINDOWS})
    void theStoreOfThisSystemKeepsKeys() throws Exception {
        KeyStore store = KeyStores.system(folder, System.getenv());
        String name = "test-" + UUID.randomUUID();
        try {
            KeyPlace place = store.write(name, new SecretText("k-ä€"));
            assumeTrue(place == KeyPlace.KEYCHAIN, () -> "skipped: " + store.description());
            assertThat(reveal(store, name)).isEqualTo("k-ä€");
            store.write(name, new SecretText("k-2"));
            assertThat(reveal(store, name)).isEqualTo("k-2");
            store.remove(name);
            assertThat(store.read(name)).isNull();
            store.remove(name);
        } finally {
            store.remove(name);
        }
    }

    private static String reveal(KeyStore store, String name) throws IOException {
        SecretText text = store.read(name);
        return text == null ? "none" : text.reveal();
    }
}
