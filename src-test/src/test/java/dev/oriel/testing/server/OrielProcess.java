package dev.oriel.testing.server;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// `oriel-server` as a user starts it: the jar in a separate process.
public final class OrielProcess implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;
    private static final int SIGINT = 2;

    private final Process process;
    private final CompletableFuture<List<String>> out;
    private final CompletableFuture<List<String>> err;
    private final CompletableFuture<String> firstLine = new CompletableFuture<>();

    private OrielProcess(Process process) {
        this.process = process;
        this.out = read(process.inputReader(StandardCharsets.UTF_8), firstLine);
        this.err =
                read(
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getErrorStream(), StandardCharsets.UTF_8)),
                        new CompletableFuture<>());
    }

    /// The path of the jar, which exists after `mvn package`.
    public static Path jar() {
        return Path.of(System.getProperty("oriel.server.jar", "no-jar"));
    }

    public static boolean isBuilt() {
        return Files.exists(jar());
    }

    /// Keys are kept in a file: tests leave the key store of the user alone.
    ///
    /// @param environment variables added to those of the test, without its `ORIEL_…`
    public static OrielProcess start(Map<String, String> environment, String... args) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xmx256m", "-jar", jar().toString()));
        line.addAll(List.of(args));
        var builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(k -> k.startsWith("ORIEL_"));
        builder.environment().put("ORIEL_KEY_STORE", "file");
        builder.environment().putAll(environment);
        try {
            return new OrielProcess(builder.start());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<List<String>> read(
            BufferedReader from, CompletableFuture<String> first) {
        var all = new CompletableFuture<List<String>>();
        Thread.ofVirtual()
                .start(() -> {
                    List<String> lines = new ArrayList<>();
                    try (from) {
                        String line;
                        while ((line = from.readLine()) != null) {
                            lines.add(line);
                            first.complete(line);
                        }
                    } catch (IOException e) {
                        lines.add(e.toString());
                    }
                    first.complete("");
                    all.complete(lines);
                });
        return all;
    }

    /// The first line on standard output; empty if the process exited without one.
    public String firstLine() throws Exception {
        return firstLine.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /// The port in the first line on standard output.
    public int port() throws Exception {
        String line = firstLine();
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    public long pid() {
        return process.pid();
    }

    /// The value of a system property in the running process.
    public @Nullable String property(String name) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid()));
        try {
            return machine.getSystemProperties().getProperty(name);
        } finally {
            machine.detach();
        }
    }

    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /// Sends SIGINT, as Ctrl-C does. A process that was started in the background by a shell
    /// without job control ignores it, and so do its children; the test is then skipped.
    public void interrupt() throws IOException, InterruptedException {
        Assumptions.assumeFalse(
                ignoresInterrupts(), "skipped: this process and its children ignore SIGINT");
        new ProcessBuilder("kill", "-INT", String.valueOf(pid())).start().waitFor();
    }

    private boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored =
                Files.readString(status)
                        .lines()
                        .filter(l -> l.startsWith("SigIgn:"))
                        .findFirst()
                        .map(l -> l.substring("SigIgn:".length()).strip())
                        .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & (1L << (SIGINT - 1))) != 0;
    }

    /// Sends SIGTERM.
    public void terminate() {
        process.destroy();
    }

    /// Sends SIGKILL.
    public void kill() {
        process.destroyForcibly();
    }

    public int exitCode() throws Exception {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running");
        }
        return process.exitValue();
    }

    /// All lines on standard output. Waits until the process has exited.
    public List<String> out() throws Exception {
        return out.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /// All lines on standard error. Waits until the process has exited.
    public List<String> err() throws Exception {
        return err.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
