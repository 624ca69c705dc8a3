package dev.oriel.app.window;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.desktop.LocalFiles;
import dev.oriel.app.transcript.TranscriptMenu;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.tools.ToolPath;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/// What can be done with the file of a tool call: the section of the transcript's menu, and clicks
/// on paths. Belongs to the JavaFX thread.
public final class FileMenu implements TranscriptMenu.Section {
    private final LocalFiles files;
    private final Supplier<String> folder;
    private final BooleanSupplier isRemote;
    private final Consumer<String> copy;
    private final Consumer<Path> attach;
    private final Consumer<String> errors;

    /// @param folder the open session's folder; may be empty
    /// @param isRemote whether the server, and so the file, is on another computer
    /// @param copy copies a text
    /// @param attach attaches a file to the prompt
    /// @param errors receives sentences for the user, on any thread
    public FileMenu(
            LocalFiles files,
            Supplier<String> folder,
            BooleanSupplier isRemote,
            Consumer<String> copy,
            Consumer<Path> attach,
            Consumer<String> errors) {
        this.files = files;
        this.folder = folder;
        this.isRemote = isRemote;
        this.copy = copy;
        this.attach = attach;
        this.errors = errors;
    }

    /// Opens the file of a path that was clicked.
    public void open(String path) {
        Path file = LocalFiles.resolve(path, folder.get());
        if (isRemote.getAsBoolean()) {
            copy.accept(path);
            errors.accept("The file is on the server’s computer. Its path was copied.");
        } else if (file != null) {
            files.open(file, () -> missing(path));
        }
    }

    private void missing(String path) {
        errors.accept("“%s” does not exist any more.".formatted(path));
    }

    @Override
    public List<MenuItem> items(TranscriptMenu.Target target) {
        String path = path(target);
        if (path.isEmpty()) {
            return List.of();
        }
        @Nullable Path file = LocalFiles.resolve(path, folder.get());
        boolean here = file != null && !isRemote.getAsBoolean();
        String where = isRemote.getAsBoolean() ? " (on the server’s computer)" : "";
        MenuItem open = item("Open file" + where, here, () -> open(path));
        MenuItem reveal =
                item(
                        "Show in folder" + where,
                        here,
                        () -> {
                            if (file != null) {
                                files.reveal(file, () -> missing(path));
                            }
                        });
        MenuItem copyPath = item("Copy path", true, () -> copy.accept(path));
        MenuItem attachFile =
                item(
                        "Attach to prompt" + where,
                        here,
                        () -> {
                            if (file != null) {
                                attach.accept(file);
                            }
                        });
        return List.of(open, reveal, copyPath, attachFile);
    }

    private static MenuItem item(String text, boolean enabled, Runnable run) {
        MenuItem item = Controls.menuItem(text);
        item.setDisable(!enabled);
        item.setOnAction(_ -> run.run());
        return item;
    }

    private static String path(TranscriptMenu.Target target) {
        if (target.action() instanceof ClickAction.OpenFile(String path)) {
            return path;
        }
        return target.item() instanceof Item.Tool tool ? ToolPath.of(tool.run()) : "";
    }
}
