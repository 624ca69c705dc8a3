package dev.oriel.testing.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file system of a few megabytes in memory that can be filled up or made read-only. Permissions
/// are not sufficient, because they do not restrict root.
///
/// Mounting needs root on Linux. If it fails, [#isMounted] returns false, and a test that needs the
/// file system is skipped with a message.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /// @param megabytes the size in MiB
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

    /// Fills the file system completely.
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
                // No space for blocks of this size; continue with smaller ones.
            }
        }
    }

    /// Deletes what [#fill] wrote.
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
