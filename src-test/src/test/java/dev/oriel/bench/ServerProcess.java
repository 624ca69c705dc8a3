package dev.oriel.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `oriel-server.jar` as a process of its own, and what Linux says of it.
final class ServerProcess implements AutoCloseable {
    /// Clock ticks a second in `/proc`: 100 on every Linux that matters here.
    private static final int MICROS_PER_TICK = 10_000;

    private final Process process;
    private final Path data;
    private final int port;
    private final long startedMillis;

    private ServerProcess(Process process, Path data, int port, long startedMillis) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.startedMillis = startedMillis;
    }

    static ServerProcess start(Path data, List<String> jvm, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(jar());
        command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(options));
        long before = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        long millis = (System.nanoTime() - before) / 1_000_000;
        if (line == null || !line.startsWith("oriel-server listening on http://")) {
            process.destroyForcibly();
            throw new IOException("it said: " + line);
        }
        return new ServerProcess(
                process, data, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)), millis);
    }

    private static String jar() {
        return System.getProperty("oriel.server.jar", "embedded-server/target/oriel-server.jar");
    }

    int port() {
        return port;
    }

    /// From the process's start to its listening line.
    long startedMillis() {
        return startedMillis;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("token")).strip();
    }

    /// CPU time so far, user and system, microseconds.
    long cpuMicros() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /// Resident memory now, MiB.
    long residentMiB() throws IOException {
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
