package dev.oriel.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system of a few megabytes in memory, to fill it up or make it read-only: permissions
/// alone do not bind root.
///
/// Mounting needs root on Linux. Where it fails [#isMounted] says so, and a test that needs it is
/// to be skipped with a word.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /// @param megabytes its size, MiB
    public static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        boolean mounted =
                run(
                        List.of(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=" + megabytes + "m",
                                "tmpfs",
                                folder.toString()));
        return new SmallDisk(folder, mounted);
    }

    public boolean isMounted() {
        return mounted;
    }

    public Path folder() {
        return folder;
    }

    public void makeReadOnly() throws IOException {
        if (!run(List.of("mount", "-o", "remount,ro", folder.toString()))) {
            throw new IOException("cannot be made read-only");
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted && !run(List.of("umount", folder.toString()))) {
            throw new IOException("cannot be unmounted");
        }
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
