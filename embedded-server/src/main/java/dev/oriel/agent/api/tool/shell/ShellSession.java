package dev.oriel.agent.api.tool.shell;

import dev.oriel.platform.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shell of one agent: its working directory, and everything that its commands have started.
/// Each command runs in a new process; only the working directory goes from one to the next. Close
/// it when the agent ends. Thread-safe.
public final class ShellSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellSession.class);

    private final Path folder;
    private final Map<String, String> environment;
    private final boolean wantsSandbox;
    private final Object probing = new Object();
    private final BackgroundTasks background = new BackgroundTasks();
    private final Set<ShellProcess> running = new HashSet<>(); // guarded by this

    /// Commands for which a call waits, by the call: whether they are to go on in the background.
    private final Map<String, AtomicBoolean> foreground = new HashMap<>(); // guarded by this

    private @Nullable SandboxCommand sandbox; // guarded by probing
    private boolean probed; // guarded by probing
    private Path cwd; // guarded by this
    private boolean closed; // guarded by this

    /// @param folder the session's folder, absolute
    /// @param environment that of this process, from which the commands' one is made
    public ShellSession(Path folder, Map<String, String> environment) {
        this(folder, environment, false);
    }

    /// @param wantsSandbox whether commands run in a sandbox, if the operating system has one
    public ShellSession(Path folder, Map<String, String> environment, boolean wantsSandbox) {
        this.folder = folder;
        this.wantsSandbox = wantsSandbox;
        this.environment = Map.copyOf(environment);
        this.cwd = folder;
    }

    /// The tasks in the background, which end with the session.
    public BackgroundTasks background() {
        return background;
    }

    /// Moves commands for which calls wait to the background. Does not wait for it.
    ///
    /// @param call id of the tool call; null for all
    /// @return whether there is such a command
    public synchronized boolean moveToBackground(@Nullable String call) {
        if (call == null) {
            foreground.values().forEach(c -> c.set(true));
            return !foreground.isEmpty();
        }
        AtomicBoolean command = foreground.get(call);
        if (command != null) {
            command.set(true);
        }
        return command != null;
    }

    /// A call waits for its command.
    ///
    /// @return becomes true when the command is to go on in the background
    synchronized AtomicBoolean beginWait(String call) {
        AtomicBoolean moves = new AtomicBoolean();
        foreground.put(call, moves);
        return moves;
    }

    synchronized void endWait(String call) {
        foreground.remove(call);
    }

    /// Where the next command starts. The session's folder if the last one has been deleted.
    public synchronized Path cwd() {
        if (!Files.isDirectory(cwd)) {
            cwd = folder;
        }
        return cwd;
    }

    /// Finds a program in the folders of the commands' `PATH`; null if there is none.
    @Nullable Path find(String program) {
        return ProcessTree.onPath(program, path());
    }

    private String path() {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().equalsIgnoreCase("PATH")) { // "Path" on Windows
                return variable.getValue();
            }
        }
        return "/usr/bin:/bin";
    }

    /// What the user is told about the sandbox; null if none is wanted. Blocks, a few seconds at
    /// most, the first time.
    public @Nullable String sandboxNotice() {
        if (!wantsSandbox) {
            return null;
        }
        return sandbox() == null
                ? "Commands run without a sandbox: this computer has none that works."
                : "Commands run in a sandbox: they can write only into the session's folder and the"
                        + " folder for temporary files.";
    }

    private @Nullable SandboxCommand sandbox() {
        synchronized (probing) {
            if (!probed) {
                sandbox = wantsSandbox ? SandboxCommand.find(path()) : null;
                probed = true;
            }
            return sandbox;
        }
    }

    /// Starts a command.
    ///
    /// @param command the program and its arguments
    /// @param wasAsked whether the user has seen it
    /// @param leavesSandbox whether it runs without the sandbox, if there is one
    /// @param writable a folder into which it can write besides the session's
    /// @param output a file that is created, with its folders
    /// @throws IOException if it cannot be started; the message is for the model
    ShellProcess start(
            List<String> command,
            boolean wasAsked,
            boolean leavesSandbox,
            Path writable,
            Path output)
            throws IOException {
        Path start = cwd();
        if (!Files.isDirectory(start)) {
            throw new IOException("The working directory " + start + " does not exist.");
        }
        PrivateFiles.createFolders(output.toAbsolutePath().resolveSibling(""));
        PrivateFiles.createNew(output);
        SandboxCommand around = leavesSandbox ? null : sandbox();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> line =
                around == null
                        ? command
                        : around.around(command, start, List.of(temporary, writable, folder));
        ShellProcess process =
                ShellProcess.start(line, start, ShellEnvironment.of(environment, wasAsked), output);
        synchronized (this) {
            if (!closed) {
                running.add(process);
                return process;
            }
        }
        process.end();
        throw new IOException("The session has ended.");
    }

    /// Forgets a command, unless something that it has started still runs: that is ended with the
    /// session, and its output stays within its limit.
    ///
    /// @param discards whether the output is of no use any more
    void onEnd(ShellProcess process, boolean discards) {
        if (process.isAlive()) {
            Thread.ofVirtual().name("oriel-command-rest").start(() -> watch(process, discards));
            return;
        }
        synchronized (this) {
            running.remove(process);
        }
        if (discards) {
            discard(process.output());
        }
    }

    private void watch(ShellProcess process, boolean discards) {
        try {
            while (process.isAlive()) {
                process.limitOutput();
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                running.remove(process);
            }
            if (discards) {
                discard(process.output());
            }
        }
    }

    /// Continues in the directory where a command has ended, if that is in the session's folder.
    ///
    /// @param directory null if it is not known; nothing changes then
    /// @return a note if the working directory was reset, otherwise null
    @Nullable String moveTo(@Nullable Path directory) {
        if (directory == null || !Files.isDirectory(directory)) {
            return null;
        }
        if (!isInside(directory)) {
            synchronized (this) {
                cwd = folder;
            }
            return "Shell cwd was reset to " + folder;
        }
        synchronized (this) {
            cwd = directory;
        }
        return null;
    }

    private boolean isInside(Path directory) {
        try {
            return directory.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /// The directory that a command has written into a file at its end; null if it has not.
    static @Nullable Path readDirectory(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String path = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            return path.isEmpty() ? null : Path.of(path);
        } catch (IOException | InvalidPathException e) {
            return null; // for example a shell that was killed
        } finally {
            discard(file);
        }
    }

    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("A file of a command stays", e);
        }
    }

    /// A name for a file or task that is not used yet.
    static String newId() {
        return "b" + UUID.randomUUID().toString().replace("-", "").substring(0, 8);
    }

    /// Ends everything that the commands have started, and the tasks in the background. Blocks, at
    /// most a few seconds.
    @Override
    public void close() {
        background.close();
        List<ShellProcess> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
            running.clear();
        }
        List<Thread> threads =
                left.stream()
                        .map(p -> Thread.ofVirtual().name("oriel-command-end").start(p::end))
                        .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the threads go on
            }
        }
    }
}
