package dev.oriel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A process with `oriel-server.jar`, or with a minimal relay for comparison, and its resource
/// usage as reported by Linux.
public final class ServerProcess implements AutoCloseable {
    /// Clock ticks per second in `/proc`: 100 on all common Linux systems.
    private static final int MICROS_PER_TICK = 10_000;

    private final Process process;
    private final String token;
    private final int port;
    private final long startedMillis;

    private ServerProcess(Process process, String token, int port, long startedMillis) {
        this.process = process;
        this.token = token;
        this.port = port;
        this.startedMillis = startedMillis;
    }

    static ServerProcess start(Path data, List<String> jvm, String... options) throws IOException {
        return start(
                new ProcessBuilder(command(data, jvm, options))
                        .redirectError(ProcessBuilder.Redirect.INHERIT),
                data.resolve("token"));
    }

    /// Starts a server that logs to a file.
    ///
    /// @param log the file to append to
    /// @param environment variables added to those of this process, without its `ORIEL_…`
    public static ServerProcess logging(
            Path data,
            Path log,
            Map<String, String> environment,
            List<String> jvm,
            String... options)
            throws IOException {
        var builder =
                new ProcessBuilder(command(data, jvm, options))
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(k -> k.startsWith("ORIEL_"));
        builder.environment().putAll(environment);
        return start(builder, data.resolve("token"));
    }

    private static List<String> command(Path data, List<String> jvm, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(jar());
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /// Starts a minimal relay in Node.js. Needs `node` and the package `ws` in `NODE_PATH`.
    static ServerProcess bareRelay(Path folder, Path claude) throws IOException {
        Path script = folder.resolve("bare_relay.js");
        try (InputStream text =
                Objects.requireNonNull(ServerProcess.class.getResourceAsStream("bare_relay.js"))) {
            Files.copy(text, script);
        }
        return start(
                new ProcessBuilder("node", script.toString(), claude.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT),
                null);
    }

    private static ServerProcess start(ProcessBuilder builder, @Nullable Path tokenFile)
            throws IOException {
        long before = System.nanoTime();
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        long millis = (System.nanoTime() - before) / 1_000_000;
        if (line == null || !line.contains("listening on http://")) {
            process.destroyForcibly();
            throw new IOException("it said: " + line);
        }
        String token = tokenFile == null ? "" : Files.readString(tokenFile).strip();
        return new ServerProcess(
                process,
                token,
                Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)),
                millis);
    }

    private static String jar() {
        return System.getProperty("oriel.server.jar", "embedded-server/target/oriel-server.jar");
    }

    public int port() {
        return port;
    }

    /// The time from the start of the process to its listening line.
    public long startedMillis() {
        return startedMillis;
    }

    /// The token for clients; empty if none is needed.
    public String token() {
        return token;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Kills the process with SIGKILL and waits for its exit.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// The CPU time so far (user and system) in microseconds.
    public long cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /// The current resident memory in MiB.
    public long residentMiB() throws IOException {
        return status("VmRSS");
    }

    /// The maximum resident memory so far in MiB.
    long peakMiB() throws IOException {
        return status("VmHWM");
    }

    private long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(l -> l.startsWith(name + ":"))
                .map(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(6, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
