package dev.oriel.app.composer.attach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.composer.attach.AttachmentIntake.Added;
import dev.oriel.app.composer.attach.DraftAttachment.Kind;
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
    private final OpenAttachments open;
    private final RemovedAttachments removed;
    private final AttachmentIntake intake;

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
        this.files = files;
        this.media = media;
        this.fx = fx;
        this.errors = errors;
        this.drafts = new DraftAttachments(store, known, files);
        this.open = new OpenAttachments(drafts, files, fx);
        this.removed = new RemovedAttachments(open, fx, errors);
        this.intake = new AttachmentIntake(drafts, files, media, fx, errors, open);
    }

    /// The attachments of the open draft, in their order.
    public ObservableList<DraftAttachment> attachments() {
        return open.shown();
    }

    /// Turns to the draft of another page.
    ///
    /// @param key of the page; null for none
    public void open(@Nullable String key) {
        removed.clear();
        open.open(key);
    }

    /// @param reason why the server cannot take images and documents; empty if it can
    public void setUnsupported(String reason) {
        open.setUnsupported(reason);
    }

    /// @param sameComputer whether the server's files are those of this computer, so that a path is
    ///   of use to it
    public void setLocal(BooleanSupplier sameComputer) {
        intake.setLocal(sameComputer);
    }

    /// @param bytes size of the longest message that the server accepts; 0 if it is unknown
    public void setMaxMessage(LongSupplier bytes) {
        intake.setMaxMessage(bytes);
    }

    /// @param insert receives the path of a file that Claude shall read by itself
    public void setOnMention(Consumer<String> insert) {
        intake.setOnMention(insert);
    }

    /// @param message supplies the text of the message, so that what was removed is taken back in
    ///   the order of the user's changes
    public void setText(Supplier<String> message) {
        removed.setText(message);
    }

    /// Attaches files. A folder, and a file that cannot be attached but may be read by the server,
    /// is mentioned in the text instead.
    public void addFiles(List<Path> paths) {
        List<Added> added = new ArrayList<>();
        for (Path path : paths) {
            DraftAttachment empty = DraftAttachment.file(newId(), path);
            added.add(new Added(empty, () -> AttachmentStore.readFile(empty, path)));
        }
        add(added);
    }

    /// Attaches an image of the clipboard.
    ///
    /// @param encode encodes it; called on another thread
    public void addImage(Supplier<byte[]> encode) {
        DraftAttachment empty = DraftAttachment.preparing(newId(), Kind.IMAGE, "", "");
        Added image = new Added(empty, () -> AttachmentPreparation.prepare(empty, encode.get()));
        add(List.of(image));
    }

    /// Attaches a long text of the clipboard.
    public void addPaste(String text) {
        add(List.of(paste(text)));
    }

    private static Added paste(String text) {
        DraftAttachment empty = DraftAttachment.preparing(newId(), Kind.PASTED_TEXT, "", "");
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new Added(empty, () -> AttachmentPreparation.prepare(empty, content));
    }

    /// Attaches the text of a prompt that is too long to be edited in the message.
    ///
    /// @param key of the page
    /// @return false if it can be edited there, or is too long to be attached
    public boolean addIfTooLong(String key, String prompt) {
        boolean attached = LongPaste.isTooLongToEdit(prompt) && LongPaste.canBeAttached(prompt);
        if (attached) {
            intake.add(key, List.of(paste(prompt)));
        }
        return attached;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private void add(List<Added> all) {
        String key = open.page();
        if (key != null) {
            intake.add(key, all);
        }
    }

    /// Removes an attachment; [#undoRemoval] takes it back.
    public void remove(DraftAttachment attachment) {
        removed.remove(attachment);
    }

    /// Takes back the last removal of an attachment, if it was the user's last change.
    ///
    /// @param inText whether changes of the text can be undone instead; if not, one after the
    ///   removal does not count
    /// @param undoText takes back the last change of the text
    /// @return whether there was one
    public boolean undoRemoval(boolean inText, Runnable undoText) {
        return removed.undo(inText, undoText);
    }

    /// Moves a pasted text into the message again, if the user's last change was to undo that.
    ///
    /// @param redoText does the change of the text again that was undone last
    /// @return whether there was one
    public boolean redoExpansion(Runnable redoText) {
        return removed.redo(redoText);
    }

    /// Moves a pasted text into the message, if its page is still open once it was read.
    ///
    /// @param attachment one that is expandable
    /// @param insert puts it into the text area
    public void expand(DraftAttachment attachment, Consumer<String> insert) {
        removed.expand(attachment, insert);
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
                    .whenCompleteAsync(
                            (p, failure) -> {
                                if (failure == null && p.attachment().isReady()) {
                                    open.add(key, p);
                                } else {
                                    errors.accept(
                                            "“%s” of the message could not be attached again."
                                                    .formatted(empty.title()));
                                }
                            },
                            fx);
        }
    }

    /// The content of an attachment that is ready.
    ///
    /// @return fails with an [IOException] if it cannot be read
    public CompletableFuture<byte[]> content(DraftAttachment attachment) {
        return open.content(attachment);
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

    /// Why the draft cannot be sent as it is; empty if it can.
    public String problem() {
        return AttachmentLimits.problem(open.shown());
    }

    /// Takes the attachments out of the draft, to be sent with a text.
    ///
    /// @param send stores the prompt; called on the JavaFX thread
    /// @return completes when the prompt is stored; if that fails, the attachments return to the
    ///   draft
    public CompletableFuture<Void> send(
            String text, Function<JsonNode, CompletableFuture<Void>> send) {
        String key = open.page();
        List<DraftAttachment> list = key == null ? List.of() : drafts.of(key);
        long max = intake.maxMessage();
        if (key == null || list.isEmpty()) {
            JsonNode content = PromptContent.of(text, List.of(), true);
            String problem = PromptSize.problem(content, max);
            return problem.isEmpty()
                    ? send.apply(content)
                    : CompletableFuture.failedFuture(new IOException(problem));
        }
        boolean textOnly = open.isTextOnly();
        drafts.startSending(key);
        open.refresh();
        removed.clear();
        CompletableFuture<Void> stored =
                CompletableFuture.supplyAsync(
                                () -> PromptAssembly.read(drafts, key, list, text, textOnly, max),
                                files)
                        .thenComposeAsync(send, fx);
        return stored.whenCompleteAsync(
                (_, failure) -> {
                    drafts.finishSending(key, list, failure == null);
                    open.refresh();
                },
                fx);
    }

    /// Deletes the attachments of a session that was deleted.
    public void delete(String key) {
        open.delete(key);
    }
}
