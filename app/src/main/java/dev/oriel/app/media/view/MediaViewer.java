package dev.oriel.app.media.view;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.media.ImageDecoder;
import dev.oriel.app.media.MediaFiles;
import dev.oriel.app.media.MediaFormat;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.media.MediaLoader.Outcome;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.toast.Toasts;
import dev.oriel.platform.FutureFailures;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.scene.control.MenuItem;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// What a user can do with an attachment: enlarge, save, copy or open it. Belongs to the JavaFX
/// thread.
public final class MediaViewer {
    /// The most pixels of an image that is put on the clipboard or enlarged.
    static final int MAX_EDGE = 4_096;

    private final MediaLoader loader;
    private final MediaFiles files;
    private final Overlays overlays;
    private final Executor fx;
    private final Consumer<String> openAddress;
    private final Toasts toasts;

    /// @param openAddress opens the address of a file in the program that the system has for it
    public MediaViewer(
            MediaLoader loader,
            MediaFiles files,
            Overlays overlays,
            Executor fx,
            Consumer<String> openAddress,
            Toasts toasts) {
        this.loader = loader;
        this.files = files;
        this.overlays = overlays;
        this.fx = fx;
        this.openAddress = openAddress;
        this.toasts = toasts;
    }

    /// Loads the attachments of the conversation that is shown.
    public MediaLoader loader() {
        return loader;
    }

    /// Enlarges an image, or opens a document if it is of a type that is only shown, never
    /// executed. Everything else is saved.
    ///
    /// @param images all images between which the user can go, in their order
    public void open(Attachment attachment, List<Attachment> images, @Nullable Window owner) {
        if (ImageDecoder.canDecode(attachment)) {
            overlays.showCentered(new EnlargedImage(this, images, attachment, overlays::close));
        } else if (!attachment.hasContent()) {
            toasts.info("There is no content: the message only refers to it.");
        } else if (opensElsewhere(attachment)) {
            openElsewhere(attachment);
        } else {
            save(attachment, owner);
        }
    }

    private static boolean isText(Attachment attachment) {
        return MediaFormat.ofType(attachment.mediaType()) == MediaFormat.TEXT;
    }

    private static boolean opensElsewhere(Attachment attachment) {
        MediaFormat format = MediaFormat.ofType(attachment.mediaType());
        return format == MediaFormat.PDF
                || format == MediaFormat.TEXT
                || (format.isImage() && format != MediaFormat.SVG);
    }

    private void openElsewhere(Attachment attachment) {
        loader.load(attachment)
                .thenComposeAsync(
                        bytes -> {
                            MediaFormat format =
                                    isText(attachment) ? MediaFormat.TEXT : MediaFormat.of(bytes);
                            if (bytes.length == 0 || format == MediaFormat.OTHER) {
                                throw new IllegalStateException("The document is damaged.");
                            }
                            return files.saveCopy(attachment.fileName(), format, bytes);
                        },
                        fx)
                .whenCompleteAsync(
                        (file, failure) -> {
                            if (failure == null) {
                                openAddress.accept(file.toUri().toString());
                            } else {
                                toasts.error(
                                        "It could not be opened: "
                                                + FutureFailures.message(failure));
                            }
                        },
                        fx);
    }

    /// The items of the context menu of an attachment.
    public List<MenuItem> menuItems(
            Attachment attachment, List<Attachment> images, @Nullable Window owner) {
        List<MenuItem> items = new ArrayList<>();
        if (ImageDecoder.canDecode(attachment)) {
            items.add(item("Enlarge", () -> open(attachment, images, owner)));
            items.add(item("Copy image", () -> copyImage(attachment)));
        } else if (attachment.hasContent() && opensElsewhere(attachment)) {
            items.add(item("Open", () -> open(attachment, images, owner)));
        }
        if (attachment.hasContent() && isText(attachment)) {
            items.add(item("Copy text", () -> copyContent(attachment)));
        }
        if (attachment.hasContent()) {
            items.add(item("Save as…", () -> save(attachment, owner)));
        }
        if (!attachment.name().equals(attachment.fileName())) {
            items.add(item("Copy path", () -> copyText(attachment.name())));
        }
        return items;
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = Controls.menuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    /// Asks for a file, and saves the attachment there.
    void save(Attachment attachment, @Nullable Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save as");
        chooser.setInitialFileName(suggestedName(attachment));
        File file = chooser.showSaveDialog(owner);
        if (file != null) {
            saveTo(attachment, file.toPath());
        }
    }

    void saveTo(Attachment attachment, Path file) {
        loader.load(attachment)
                .thenComposeAsync(
                        bytes -> {
                            if (bytes.length == 0) {
                                throw new IllegalStateException("It could not be loaded.");
                            }
                            return files.save(file, bytes);
                        },
                        fx)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                toasts.info("Saved as " + file.getFileName());
                            } else {
                                toasts.error(
                                        "It could not be saved: "
                                                + FutureFailures.message(failure));
                            }
                        },
                        fx);
    }

    static String suggestedName(Attachment attachment) {
        String name = attachment.fileName().replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]+", "_");
        if (name.contains(".")) {
            return name;
        }
        MediaFormat format = MediaFormat.ofType(attachment.mediaType());
        String stem =
                !name.isBlank()
                        ? name
                        : attachment.kind() == Attachment.Kind.IMAGE ? "image" : "document";
        return stem + "." + format.extension();
    }

    /// Puts an image on the clipboard.
    void copyImage(Attachment attachment) {
        loader.request(
                attachment.place(),
                MAX_EDGE,
                MAX_EDGE,
                outcome -> {
                    switch (outcome) {
                        case Outcome.Decoded(Image image) -> {
                            ClipboardContent content = new ClipboardContent();
                            content.putImage(image);
                            Clipboard.getSystemClipboard().setContent(content);
                            toasts.info("The image was copied.");
                        }
                        case Outcome.Failed(String reason) -> toasts.error(reason);
                    }
                });
    }

    /// Puts the text of a text file on the clipboard.
    private void copyContent(Attachment attachment) {
        loader.load(attachment)
                .thenApply(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .whenCompleteAsync(
                        (text, failure) -> {
                            if (failure != null || text.isEmpty()) {
                                toasts.error("The text could not be loaded.");
                            } else {
                                copyText(text);
                                toasts.info("The text was copied.");
                            }
                        },
                        fx);
    }

    private static void copyText(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
