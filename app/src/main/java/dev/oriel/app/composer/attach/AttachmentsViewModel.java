package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.app.media.MediaBlocks;
import dev.oriel.platform.FutureFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The attachments of the draft that is open. Those of all drafts are kept, in memory without their
/// content, which is on disk. Belongs to the JavaFX thread.
public final class AttachmentsViewModel {
    private final Executor files;
    private final Executor media;
    private final Executor fx;
    private final Consumer<String> errors;
    private final DraftAttachments drafts;

    private final ObservableList<DraftAttachment> shown = FXCollections.observableArrayList();
    private final ObservableList<DraftAttachment> unmodifiable =
            FXCollections.unmodifiableObservableList(shown);
    private Consumer<String> mention = _ -> {};
    private @Nullable String page;
    private String unsupported = "";
    private BooleanSupplier local = () -> false;
    private LongSupplier maxMessage = () -> 0;

    /// What was removed last, for undo; null if nothing.
    private @Nullable Removed removed;

    private record Removed(String page, DraftAttachment attachment, byte[] content) {}

    /// @param known the attachments that were read from the store
    /// @param files one thread, which writes the store
    /// @param media one thread, which reads and scales what is attached
    /// @param errors receives sentences for the user
    public AttachmentsViewModel(
            AttachmentStore store,
            Map<String, List<DraftAttachment>> known,
            Executor files,
            Executor media,
            Executor fx,
            Consumer<String> errors) {
        this.drafts = new DraftAttachments(store, known, files);
        this.files = files;
        this.media = media;
        this.fx = fx;
        this.errors = errors;
    }

    /// The attachments of the open draft, in their order.
    public ObservableList<DraftAttachment> attachments() {
        return unmodifiable;
    }

    /// Turns to the draft of another page.
    ///
    /// @param key of the page; null for none
    public void open(@Nullable String key) {
        page = key;
        removed = null;
        shown.setAll(key == null ? List.of() : listOf(key));
    }

    /// @param reason why the server cannot take images and documents; empty if it can
    public void setUnsupported(String reason) {
        unsupported = reason;
        if (page != null) {
            shown.setAll(listOf(page));
        }
    }

    /// @param sameComputer whether the server's files are those of this computer, so that a path is
    ///   of use to it
    public void setLocal(BooleanSupplier sameComputer) {
        local = sameComputer;
    }

    /// @param bytes size of the longest message that the server accepts; 0 if it is unknown
    public void setMaxMessage(LongSupplier bytes) {
        maxMessage = bytes;
    }

    /// @param insert receives the path of a file that Claude shall read by itself
    public void setOnMention(Consumer<String> insert) {
        mention = insert;
    }

    private List<DraftAttachment> listOf(String key) {
        return drafts.of(key).stream().map(this::restricted).toList();
    }

    private DraftAttachment restricted(DraftAttachment a) {
        return unsupported.isEmpty() || a.isText() || !a.isReady()
                ? a
                : a.withStatus(new Status.Refused(unsupported));
    }

    private void update(String key, List<DraftAttachment> list) {
        drafts.replace(key, list);
        if (key.equals(page)) {
            shown.setAll(listOf(key));
        }
    }

    /// Attaches files. A folder, and a file that cannot be attached, is mentioned in the text if
    /// the server can read it there.
    public void addFiles(List<Path> paths) {
        List<Added> added = new ArrayList<>();
        for (Path path : paths) {
            DraftAttachment empty = DraftAttachment.file(newId(), path);
            added.add(new Added(empty, () -> AttachmentStore.readFile(path)));
        }
        add(added);
    }

    /// @param read reads it; called on another thread
    private record Added(DraftAttachment empty, Supplier<byte[]> read) {}

    /// Attaches an image of the clipboard.
    ///
    /// @param encode encodes it; called on another thread
    public void addImage(Supplier<byte[]> encode) {
        add(List.of(new Added(DraftAttachment.preparing(newId(), Kind.IMAGE, "", ""), encode)));
    }

    /// Attaches a long text of the clipboard.
    public void addPaste(String text) {
        DraftAttachment empty = DraftAttachment.preparing(newId(), Kind.PASTED_TEXT, "", "");
        add(List.of(new Added(empty, () -> text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private void add(List<Added> all) {
        String key = page;
        if (key == null) {
            return;
        }
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        int room = Math.clamp(AttachmentLimits.MAX_ATTACHMENTS - list.size(), 0, all.size());
        List<Added> taken = all.subList(0, room);
        taken.forEach(a -> list.add(a.empty()));
        update(key, list);
        taken.forEach(a -> prepare(key, a.empty(), a.read()));
        if (room < all.size()) {
            errors.accept(
                    "At most %,d files can be attached to a message. Left out: %,d."
                            .formatted(AttachmentLimits.MAX_ATTACHMENTS, all.size() - room));
        }
    }

    private void prepare(String key, DraftAttachment empty, Supplier<byte[]> read) {
        CompletableFuture.supplyAsync(() -> AttachmentPreparation.prepare(empty, read.get()), media)
                .thenApplyAsync(prepared -> drafts.write(key, prepared), files)
                .whenCompleteAsync(
                        (prepared, failure) ->
                                finish(
                                        key,
                                        failure == null
                                                ? prepared
                                                : empty.withStatus(
                                                        new Status.Refused(
                                                                FutureFailures.message(failure)))),
                        fx);
    }

    private void finish(String key, DraftAttachment prepared) {
        List<DraftAttachment> list = new ArrayList<>();
        boolean found = false;
        for (DraftAttachment a : drafts.of(key)) {
            if (!a.id().equals(prepared.id())) {
                list.add(a);
                continue;
            }
            found = true;
            long most = PromptSize.maxAttachments(maxMessage.getAsLong());
            String refusal =
                    prepared.isReady() ? AttachmentLimits.refusal(list, prepared, most) : "";
            DraftAttachment now =
                    refusal.isEmpty() ? prepared : prepared.withStatus(new Status.Refused(refusal));
            if (now.isReady() || !canMention(now, key)) {
                list.add(now);
            } else {
                mention.accept(now.path());
            }
        }
        // Otherwise it was removed while it was prepared, and its file is deleted.
        if (found) {
            update(key, list);
        } else {
            drafts.save(key);
        }
    }

    private boolean canMention(DraftAttachment refused, String key) {
        return local.getAsBoolean() && !refused.path().isEmpty() && key.equals(page);
    }

    /// Removes an attachment; [#restoreRemoved] takes it back.
    public void remove(DraftAttachment attachment) {
        String key = page;
        if (key == null) {
            return;
        }
        removed = null;
        if (attachment.isReady()) {
            content(attachment)
                    .whenCompleteAsync(
                            (content, failure) -> {
                                if (failure == null && key.equals(page)) {
                                    removed = new Removed(key, attachment, content);
                                }
                            },
                            fx);
        }
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        list.removeIf(a -> a.id().equals(attachment.id()));
        update(key, list);
    }

    /// Takes back the removal of an attachment.
    ///
    /// @return whether there was one
    public boolean restoreRemoved() {
        Removed last = removed;
        if (last == null || !last.page().equals(page)) {
            return false;
        }
        removed = null;
        restore(last.page(), List.of(new Prepared(last.attachment(), last.content())));
        return true;
    }

    private void restore(String key, List<Prepared> parts) {
        files.execute(() -> parts.forEach(p -> drafts.write(key, p)));
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        parts.forEach(p -> list.add(p.attachment()));
        update(key, list);
    }

    /// Attaches the images and documents of a prompt that was taken back.
    ///
    /// @param content of the prompt
    public void restore(String key, JsonNode content) {
        for (JsonNode block : MediaBlocks.in(content)) {
            DraftAttachment empty = PromptContent.attachment(newId(), block);
            CompletableFuture.supplyAsync(
                            () -> AttachmentPreparation.prepare(empty, MediaBlocks.content(block)),
                            media)
                    .thenAcceptAsync(
                            p -> {
                                if (p.attachment().isReady()) {
                                    restore(key, List.of(p));
                                }
                            },
                            fx);
        }
    }

    /// The content of an attachment that is ready.
    ///
    /// @return fails with an [IOException] if it cannot be read
    public CompletableFuture<byte[]> content(DraftAttachment attachment) {
        String key = page;
        return key == null
                ? CompletableFuture.failedFuture(new IOException("There is no draft."))
                : CompletableFuture.supplyAsync(() -> drafts.read(key, attachment), files);
    }

    /// Reads an attachment and makes something of it, off the JavaFX thread.
    ///
    /// @param decode called on a background thread; null for nothing
    /// @param use receives what was made, on the JavaFX thread
    public <T> void decode(
            DraftAttachment attachment,
            Function<byte[], @Nullable T> decode,
            Consumer<? super T> use) {
        content(attachment)
                .thenApplyAsync(decode, media)
                .whenCompleteAsync(
                        (made, failure) -> {
                            if (failure != null) {
                                errors.accept(FutureFailures.message(failure));
                            } else if (made != null) {
                                use.accept(made);
                            }
                        },
                        fx);
    }

    /// Moves a pasted text into the message.
    ///
    /// @param insert puts it into the text area
    public void expand(DraftAttachment attachment, Consumer<String> insert) {
        decode(
                attachment,
                bytes -> new String(bytes, StandardCharsets.UTF_8),
                text -> {
                    remove(attachment);
                    insert.accept(text);
                });
    }

    /// Why the draft cannot be sent as it is; empty if it can.
    public String problem() {
        return AttachmentLimits.problem(shown);
    }

    /// Takes the attachments out of the draft, to be sent with a text.
    ///
    /// @param send stores the prompt; called on the JavaFX thread
    /// @return completes when the prompt is stored; if that fails, the attachments return to the
    ///   draft
    public CompletableFuture<Void> send(
            String text, Function<JsonNode, CompletableFuture<Void>> send) {
        String key = page;
        List<DraftAttachment> list = key == null ? List.of() : drafts.of(key);
        if (key == null || list.isEmpty()) {
            JsonNode content = PromptContent.of(text, List.of(), true);
            String problem = PromptSize.problem(content, maxMessage.getAsLong());
            return problem.isEmpty()
                    ? send.apply(content)
                    : CompletableFuture.failedFuture(new IOException(problem));
        }
        boolean textOnly = !unsupported.isEmpty();
        long max = maxMessage.getAsLong();
        drafts.startSending(key);
        shown.clear();
        removed = null;
        CompletableFuture<Void> stored =
                CompletableFuture.supplyAsync(
                                () -> PromptAssembly.read(drafts, key, list, text, textOnly, max),
                                files)
                        .thenComposeAsync(send, fx);
        return stored.whenCompleteAsync(
                (_, failure) -> {
                    drafts.finishSending(key, list, failure == null);
                    if (key.equals(page)) {
                        shown.setAll(listOf(key));
                    }
                },
                fx);
    }

    /// Deletes the attachments of a session that was deleted.
    public void delete(String key) {
        update(key, List.of());
    }
}
