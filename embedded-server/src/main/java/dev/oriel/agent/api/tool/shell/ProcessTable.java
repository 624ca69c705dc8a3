package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lists the processes of this machine with what decides who started them. Java's own
/// [ProcessHandle] knows only parents, and a process whose parent has ended has a new one.
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));

    private ProcessTable() {}

    /// A process that has not ended.
    ///
    /// @param group the id of its process group; -1 where there is none
    /// @param session the id of its session; -1 if unknown
    record Row(long pid, long parent, long group, long session) {}

    /// The processes whose ids are greater than one, in any order. Empty if they cannot be listed.
    ///
    /// @param after -1 for all
    static List<Row> list(long after) {
        if (HAS_PROC) {
            return fromProc(after);
        }
        return OperatingSystem.current() == OperatingSystem.WINDOWS
                ? fromHandles(after)
                : fromPs(after);
    }

    /// Whether a process was started with this text in its environment. False where that cannot be
    /// found out.
    static boolean isMarked(long pid, String mark) {
        if (!HAS_PROC) {
            return false;
        }
        try {
            byte[] environment = Files.readAllBytes(PROC.resolve(Long.toString(pid) + "/environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
        } catch (IOException e) {
            return false; // the process of another user, or one that has ended meanwhile
        }
    }

    private static List<Row> fromProc(long after) {
        List<Row> rows = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                Row row = pid > after ? row(pid, entry) : null;
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return rows;
        }
        return rows;
    }

    /// Null if it has ended, also if nobody has asked for its exit code yet.
    private static @Nullable Row row(long pid, Path entry) {
        try {
            String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name is in parentheses, and may contain anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
            if (fields[0].equals("Z") || fields[0].equals("X")) {
                return null;
            }
            return new Row(
                    pid,
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3].strip()));
        } catch (IOException | RuntimeException e) {
            return null; // has ended meanwhile
        }
    }

    private static List<Row> fromPs(long after) {
        List<Row> rows = new ArrayList<>();
        try {
            Process ps =
                    ShellEnvironment.limit(
                                    new ProcessBuilder(
                                            "/bin/ps", "-A", "-o", "pid=", "-o", "ppid=", "-o",
                                            "pgid=", "-o", "stat="))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            ps.getOutputStream().close();
            String out = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!ps.waitFor(2, TimeUnit.SECONDS)) {
                ps.destroyForcibly();
            }
            for (String line : out.split("\n")) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length == 4
                        && !fields[3].toUpperCase(Locale.ROOT).startsWith("Z")
                        && Long.parseLong(fields[0]) > after) {
                    rows.add(
                            new Row(
                                    Long.parseLong(fields[0]),
                                    Long.parseLong(fields[1]),
                                    Long.parseLong(fields[2]),
                                    -1));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return rows;
    }

    private static List<Row> fromHandles(long after) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() > after)
                .map(p -> new Row(p.pid(), p.parent().map(ProcessHandle::pid).orElse(-1L), -1, -1))
                .toList();
    }
}
