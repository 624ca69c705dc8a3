package dev.oriel.testing.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
                                "mode=700,size=" + megabytes + "m",
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

    /// Fills it to its last byte.
    public void fill() throws IOException {
        for (int size = 64 * 1024; size > 0; size /= 2) {
            byte[] block = new byte[size];
            try (OutputStream out =
                    Files.newOutputStream(
                            filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(block);
                }
            } catch (IOException e) {
                // Full for blocks of this size: the next are smaller.
            }
        }
    }

    /// Takes back what [#fill] wrote.
    public void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
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
