package dev.oriel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `packaging/linux/launcher.sh` with its placeholders replaced as by the build, in a folder where
/// a script replaces Java and prints how it was started.
@DisabledOnOs(OS.WINDOWS)
class LinuxLauncherScriptProcessTest {
    private static final Path TEMPLATE = Path.of("../packaging/linux/launcher.sh");

    private static final String JAVA =
            """
            #!/bin/sh
            echo "pid $$"
            echo "options ${JDK_JAVA_OPTIONS-none}, kept ${ORIEL_JDK_JAVA_OPTIONS-none}"
            for word; do printf '[%s]\\n' "$word"; done
            exit 7
            """;

    @TempDir private Path folder;
    private Path home;
    private Path program;

    @BeforeEach
    void unpack() throws IOException {
        // As the launcher writes it: with the names of links resolved.
        home = Files.createDirectory(folder.toRealPath().resolve("my $HOME `x` \"é\" programs"));
        program = Files.createDirectory(home.resolve("bin")).resolve("oriel-server");
        String text =
                Files.readString(TEMPLATE)
                        .replace("@NAME@", "oriel-server")
                        .replace("@OPTIONS@", "  \"-XX:AOTCache=$app/oriel-server.aot\" \\")
                        .replace("@CLASSPATH@", "$app/a.jar:$app/b.jar")
                        .replace("@MAIN@", "the.Main");
        assertThat(text).doesNotContain("@NAME").doesNotContainPattern("@[A-Z]+@");
        write(program, text);
        write(
                Files.createDirectories(home.resolve("lib/runtime/bin")).resolve("oriel-server"),
                JAVA);
    }

    private static void write(Path script, String text) throws IOException {
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Result(long pid, int exit, List<String> output) {}

    private Result run(Path from, Map<String, String> environment, String... command)
            throws Exception {
        var builder =
                new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(n -> n.contains("JAVA"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.pid(), process.waitFor(), output.lines().toList());
    }

    private List<String> expectedOutput(String... arguments) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "[-Djpackage.app-path=" + home + "/bin/oriel-server]",
                                "[-XX:AOTCache=" + home + "/lib/app/oriel-server.aot]",
                                "[-classpath]",
                                "[" + home + "/lib/app/a.jar:" + home + "/lib/app/b.jar]",
                                "[the.Main]"));
        List.of(arguments).forEach(a -> words.add("[" + a + "]"));
        return words;
    }

    @Test
    void startsJavaWithTheFilesOfItsFolderAndUnchangedArguments() throws Exception {
        var result =
                run(folder, Map.of(), program.toString(), "serve", "", "a b", "*", "$HOME", "-n");
        assertThat(result.output().subList(2, result.output().size()))
                .isEqualTo(expectedOutput("serve", "", "a b", "*", "$HOME", "-n"));
    }

    @Test
    void replacesItselfByJava() throws Exception {
        var result = run(folder, Map.of(), program.toString());
        assertThat(result.output().getFirst()).isEqualTo("pid " + result.pid());
        assertThat(result.exit()).isEqualTo(7);
    }

    @Test
    void resolvesAChainOfLinks() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path relative =
                Files.createSymbolicLink(
                        bin.resolve("second"), bin.toRealPath().relativize(program));
        Files.createSymbolicLink(bin.resolve("first"), relative.toAbsolutePath());
        assertThat(run(bin, Map.of(), "./first", "x").output()).containsAll(expectedOutput("x"));
        assertThat(
                        run(folder, Map.of("PATH", bin + ":/usr/bin:/bin"), "env", "first", "x")
                                .output())
                .containsAll(expectedOutput("x"));
    }

    @Test
    void startsFromAnyFolder() throws Exception {
        for (String[] command :
                List.of(
                        new String[] {"./oriel-server"},
                        new String[] {"sh", "oriel-server"},
                        new String[] {"../bin/oriel-server"})) {
            var result = run(home.resolve("bin"), Map.of("CDPATH", "/:" + home), command);
            assertThat(result.output())
                    .containsAll(expectedOutput())
                    .hasSize(expectedOutput().size() + 2);
        }
    }

    @Test
    void passesOptionsForAnotherJavaToChildProcessesOnly() throws Exception {
        assertThat(
                        run(folder, Map.of("JDK_JAVA_OPTIONS", "-Xmx9g -Dx=1"), program.toString())
                                .output())
                .contains("options none, kept -Xmx9g -Dx=1");
        assertThat(run(folder, Map.of(), program.toString()).output())
                .contains("options none, kept none");
    }
}
