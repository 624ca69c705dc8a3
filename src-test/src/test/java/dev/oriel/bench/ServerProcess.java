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

/// `oriel-server.jar` as a process of its own, or a bare relay to compare it with, and what Linux
/// says of it.
public final class ServerProcess implements AutoCloseable {
    /// Clock ticks a second in `/proc`: 100 on every Linux that matters here.
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

    /// One whose log goes to a file.
    ///
    /// @param log is appended to
    /// @param environment beside this process's own, without its `ORIEL_…`
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

    /// A relay that does nothing but relay, in Node. Needs `node` and its `ws` where `NODE_PATH`
    /// says.
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

    /// From the process's start to its listening line.
    long startedMillis() {
        return startedMillis;
    }

    /// What clients log in with; empty where nobody asks.
    public String token() {
        return token;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Ends it with SIGKILL and waits until it is gone.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// CPU time so far, user and system, microseconds.
    public long cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /// Resident memory now, MiB.
    public long residentMiB() throws IOException {
        return status("VmRSS");
    }

    /// The most resident memory it ever had, MiB.
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
