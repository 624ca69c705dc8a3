package dev.oriel.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A window process on `$DISPLAY`, started as in the packages (JavaFX on the module path, the rest
/// on the class path), and its resource usage as reported by Linux.
final class WindowProcess implements AutoCloseable {
    /// Clock ticks per second in `/proc`: 100 on all common Linux systems.
    private static final int MILLIS_PER_TICK = 10;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final String title;
    private final long started;

    private WindowProcess(Process process, String title, long started) {
        this.process = process;
        this.title = title;
        this.started = started;
    }

    static WindowProcess start(String main, String title, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--module-path",
                        "app/target/modules",
                        "--add-modules",
                        "javafx.controls",
                        "--enable-native-access=ALL-UNNAMED,javafx.graphics",
                        "--add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.text=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.scene.text=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/javafx.scene.text=ALL-UNNAMED",
                        "--add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED",
                        "--add-opens=javafx.graphics/com.sun.javafx.font.freetype=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main));
        long started = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new WindowProcess(process, title, started);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("openjfx"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Waits until the window is shown on the screen.
    ///
    /// @return milliseconds from the start of the process
    long shownMillis() throws IOException, InterruptedException {
        await(() -> run("xdotool", "search", "--onlyvisible", "--name", title) == 0);
        return millis();
    }

    /// Milliseconds since the start of the process.
    long millis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    /// A condition to wait for.
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Polls a condition every few milliseconds until it is true.
    void await(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("it did not come about in a minute, or the window has ended");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    void type(String text) throws IOException, InterruptedException {
        run("xdotool", "search", "--onlyvisible", "--name", title, "windowfocus");
        run("xdotool", "type", "--delay", "20", text);
        run("xdotool", "key", "Return");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /// The CPU usage over some seconds, in percent of one core.
    double cpuPercent(int seconds) throws IOException, InterruptedException {
        long before = cpuMillis();
        TimeUnit.SECONDS.sleep(seconds);
        return (cpuMillis() - before) / 10.0 / seconds;
    }

    private long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    /// The current resident memory in MiB.
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .map(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
