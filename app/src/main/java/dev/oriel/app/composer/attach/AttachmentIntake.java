package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import dev.oriel.app.composer.attach.DraftAttachment.Status;
import dev.oriel.platform.FutureFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Adds to drafts what is attached: each is listed at once, then prepared in the background, and
/// stored. Belongs to the JavaFX thread.
final class AttachmentIntake {
    private final DraftAttachments drafts;
    private final Executor files;
    private final Executor media;
    private final Executor fx;
    private final Consumer<String> errors;
    private final OpenAttachments open;
    private Consumer<String> mention = _ -> {};
    private BooleanSupplier local = () -> false;
    private LongSupplier maxMessage = () -> 0;

    /// What is to be attached.
    ///
    /// @param empty what is known before it is prepared
    /// @param prepare called on another thread
    record Added(DraftAttachment empty, Supplier<Prepared> prepare) {}

    /// @param files one thread, which writes the store
    /// @param media one thread, which reads and scales what is attached
    /// @param errors receives sentences for the user
    AttachmentIntake(
            DraftAttachments drafts,
            Executor files,
            Executor media,
            Executor fx,
            Consumer<String> errors,
            OpenAttachments open) {
        this.drafts = drafts;
        this.files = files;
        this.media = media;
        this.fx = fx;
        this.errors = errors;
        this.open = open;
    }

    /// See [AttachmentsViewModel#setLocal].
    void setLocal(BooleanSupplier sameComputer) {
        local = sameComputer;
    }

    /// See [AttachmentsViewModel#setMaxMessage].
    void setMaxMessage(LongSupplier bytes) {
        maxMessage = bytes;
    }

    /// Of the longest message that the server accepts, bytes; 0 if it is unknown.
    long maxMessage() {
        return maxMessage.getAsLong();
    }

    /// See [AttachmentsViewModel#setOnMention].
    void setOnMention(Consumer<String> insert) {
        mention = insert;
    }

    /// Adds to a draft as many as there is room for.
    void add(String key, List<Added> all) {
        List<DraftAttachment> list = new ArrayList<>(drafts.of(key));
        int room = Math.clamp(AttachmentLimits.MAX_ATTACHMENTS - list.size(), 0, all.size());
        List<Added> taken = all.subList(0, room);
        taken.forEach(a -> list.add(a.empty()));
        open.replace(key, list);
        taken.forEach(a -> prepare(key, a));
        if (room < all.size()) {
            errors.accept(
                    "At most %,d files can be attached to a message. Left out: %,d."
                            .formatted(AttachmentLimits.MAX_ATTACHMENTS, all.size() - room));
        }
    }

    private void prepare(String key, Added added) {
        CompletableFuture.supplyAsync(added.prepare(), media)
                .thenApplyAsync(prepared -> drafts.write(key, prepared), files)
                .whenCompleteAsync(
                        (prepared, failure) ->
                                finish(
                                        key,
                                        failure == null
                                                ? prepared
                                                : refused(
                                                        added.empty(),
                                                        FutureFailures.message(failure))),
                        fx);
    }

    private static DraftAttachment refused(DraftAttachment attachment, String reason) {
        return attachment.withStatus(new Status.Refused(reason));
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
            DraftAttachment now = fitting(list, prepared);
            if (isMentioned(now, key)) {
                mention.accept(now.path());
            } else {
                list.add(now);
            }
        }
        // Otherwise it was removed while it was prepared, and its file is deleted.
        if (found) {
            open.replace(key, list);
        } else {
            drafts.save(key);
        }
    }

    private DraftAttachment fitting(List<DraftAttachment> others, DraftAttachment prepared) {
        if (!prepared.isReady()) {
            return prepared;
        }
        long most = PromptSize.maxAttachments(maxMessage.getAsLong());
        String refusal = AttachmentLimits.refusal(others, prepared, most);
        return refusal.isEmpty()
                ? prepared
                : prepared.withStatus(new Status.Refused(refusal, true));
    }

    private boolean isMentioned(DraftAttachment prepared, String key) {
        return prepared.status() instanceof Status.Refused(_, boolean byPath)
                && byPath
                && local.getAsBoolean()
                && !prepared.path().isEmpty()
                && open.isOpen(key);
    }
}
