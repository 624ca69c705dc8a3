package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The attachments of all drafts, and the list of those of the draft that is open. Belongs to the
/// JavaFX thread.
final class OpenAttachments {
    private final DraftAttachments drafts;
    private final Executor files;
    private final Executor fx;
    private final ObservableList<DraftAttachment> shown = FXCollections.observableArrayList();
    private final ObservableList<DraftAttachment> unmodifiable =
            FXCollections.unmodifiableObservableList(shown);
    private @Nullable String page;
    private String unsupported = "";

    /// @param files one thread, which writes the store
    OpenAttachments(DraftAttachments drafts, Executor files, Executor fx) {
        this.drafts = drafts;
        this.files = files;
        this.fx = fx;
    }

    /// Those of the open draft, in their order.
    ObservableList<DraftAttachment> shown() {
        return unmodifiable;
    }

    /// Turns to the draft of another page.
    ///
    /// @param key of the page; null for none
    void open(@Nullable String key) {
        page = key;
        if (key != null) {
            drafts.reopen(key);
        }
        refresh();
    }

    /// The page that is open; null for none.
    @Nullable String page() {
        return page;
    }

    boolean isOpen(String key) {
        return key.equals(page);
    }

    /// See [AttachmentsViewModel#setUnsupported].
    void setUnsupported(String reason) {
        unsupported = reason;
        refresh();
    }

    /// Whether the server takes text only.
    boolean isTextOnly() {
        return !unsupported.isEmpty();
    }

    /// Shows what is in the open draft.
    void refresh() {
        String key = page;
        shown.setAll(
                key == null ? List.of() : drafts.of(key).stream().map(this::restricted).toList());
    }

    private DraftAttachment restricted(DraftAttachment a) {
        return unsupported.isEmpty() || a.isText() || !a.isReady()
                ? a
                : a.withStatus(new Status.Refused(unsupported));
    }

    /// The attachments of a draft.
    List<DraftAttachment> of(String key) {
        return drafts.of(key);
    }

    /// Replaces the attachments of a draft.
    void replace(String key, List<DraftAttachment> list) {
        drafts.replace(key, list);
        if (isOpen(key)) {
            refresh();
        }
    }

    /// Deletes the draft of a session that was deleted.
    void delete(String key) {
        drafts.delete(key);
        if (isOpen(key)) {
            refresh();
        }
    }

    void remove(String key, DraftAttachment attachment) {
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        list.removeIf(a -> a.id().equals(attachment.id()));
        replace(key, list);
    }

    /// Adds what was prepared already. If it cannot be written, it says so and is not sent.
    void add(String key, Prepared part) {
        if (drafts.isDeleted(key)) {
            return;
        }
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        list.add(part.attachment());
        replace(key, list);
        CompletableFuture.runAsync(() -> drafts.write(key, part), files)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                refuse(key, part.attachment().id(), failure);
                            }
                        },
                        fx);
    }

    private void refuse(String key, String id, Throwable failure) {
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        list.replaceAll(a ->
                a.id().equals(id)
                        ? a.withStatus(new Status.Refused(FutureFailures.message(failure)))
                        : a);
        replace(key, list);
    }

    /// The content of an attachment of the open draft.
    ///
    /// @return fails with an [IOException] if it cannot be read
    CompletableFuture<byte[]> content(DraftAttachment attachment) {
        String key = page;
        return key == null
                ? CompletableFuture.failedFuture(new IOException("There is no draft."))
                : CompletableFuture.supplyAsync(() -> drafts.read(key, attachment), files);
    }
}
