package dev.oriel.app.desktop;

import dev.oriel.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens files of this computer in the programs of the desktop, and shows them in their folders.
///
/// A path in a conversation was written by a model, so opening it must not start a program: only
/// files of known kinds that no desktop executes are opened; every other one is shown in its
/// folder. Thread-safe; nothing blocks the caller.
public final class LocalFiles {
    /// Files that desktops open in editors and viewers. Scripts are not among them, because some
    /// desktops run them.
    private static final Set<String> OPENED =
            Set.of(
                    ("txt md markdown rst log csv tsv json jsonl yaml yml toml xml xsd ini cfg conf"
                         + " properties diff patch java kt kts scala groovy gradle c h cc cpp cxx"
                         + " hh hpp cs go rs swift ts tsx jsx vue svelte css scss less sql proto"
                         + " graphql tex png jpg jpeg gif webp bmp pdf")
                            .split(" "));

    private final OperatingSystem system;
    private final Executor background;
    private final Consumer<List<String>> run;

    /// @param background where the disk is read
    /// @param run starts a command of the system
    public LocalFiles(OperatingSystem system, Executor background, Consumer<List<String>> run) {
        this.system = system;
        this.background = background;
        this.run = run;
    }

    /// Opens a file, or shows it in its folder if opening it might start a program.
    ///
    /// @param missing called in the background if there is no such file
    public void open(Path file, Runnable missing) {
        background.execute(() -> {
            Path real = real(file);
            if (real == null) {
                missing.run();
            } else if (isOpened(real)) {
                run.accept(openCommand(real));
            } else {
                run.accept(revealCommand(real, Files.isDirectory(real)));
            }
        });
    }

    /// Shows a file in its folder.
    ///
    /// @param missing called in the background if there is no such file
    public void reveal(Path file, Runnable missing) {
        background.execute(() -> {
            Path real = real(file);
            if (real == null) {
                missing.run();
            } else {
                run.accept(revealCommand(real, Files.isDirectory(real)));
            }
        });
    }

    /// The file itself, because the name of a link tells nothing about what is opened.
    private static @Nullable Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    private boolean isOpened(Path real) {
        boolean executable = system != OperatingSystem.WINDOWS && Files.isExecutable(real);
        return Files.isRegularFile(real) && isOpened(real, executable);
    }

    static boolean isOpened(Path file, boolean executable) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        int dot = text.lastIndexOf('.');
        return !executable && dot > 0 && OPENED.contains(text.substring(dot + 1));
    }

    private List<String> openCommand(Path file) {
        return switch (system) {
            case WINDOWS -> List.of("rundll32", "url.dll,FileProtocolHandler", file.toString());
            case MACOS -> List.of("open", file.toString());
            case LINUX -> List.of("xdg-open", file.toString());
        };
    }

    private List<String> revealCommand(Path file, boolean folder) {
        Path parent = file.getParent();
        return switch (system) {
            case WINDOWS -> List.of("explorer.exe", "/select," + file);
            case MACOS -> List.of("open", "-R", file.toString());
            case LINUX ->
                    List.of(
                            "xdg-open",
                            folder || parent == null ? file.toString() : parent.toString());
        };
    }

    /// The file that a path in a conversation means.
    ///
    /// @param folder the session's folder, from which a relative path leads
    /// @return null if it is no path
    public static @Nullable Path resolve(String path, String folder) {
        try {
            Path own = Path.of(path);
            if (own.isAbsolute()) {
                return own.normalize();
            }
            return folder.isEmpty() || path.isBlank() ? null : Path.of(folder, path).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
