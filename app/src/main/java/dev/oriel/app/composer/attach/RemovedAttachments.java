package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import dev.oriel.platform.FutureFailures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Removes attachments from the open draft, or moves them into its text, and takes that back: the
/// last one first, as long as all are not too large. Belongs to the JavaFX thread.
final class RemovedAttachments {
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final OpenAttachments open;
    private final Executor fx;
    private final Consumer<String> errors;
    private final Deque<Removed> all = new ArrayDeque<>();
    private Supplier<String> text = () -> "";

    /// The attachment that returned last from the text, and the text without it; null if there is
    /// none that can move there again.
    private @Nullable Removed returned;

    /// @param text of the message after the removal
    /// @param expanded whether the attachment was moved into that text
    private record Removed(Prepared attachment, String text, boolean expanded) {
        long bytes() {
            return attachment.content().length + 2L * text.length();
        }
    }

    /// @param errors receives sentences for the user
    RemovedAttachments(OpenAttachments open, Executor fx, Consumer<String> errors) {
        this.open = open;
        this.fx = fx;
        this.errors = errors;
    }

    /// See [AttachmentsViewModel#setText].
    void setText(Supplier<String> message) {
        text = message;
    }

    /// Nothing can be taken back from here on.
    void clear() {
        all.clear();
        returned = null;
    }

    private void add(Removed removed) {
        returned = null;
        all.push(removed);
        while (all.size() > 1 && all.stream().mapToLong(Removed::bytes).sum() > MOST_BYTES) {
            all.removeLast();
        }
    }

    /// See [AttachmentsViewModel#remove].
    void remove(DraftAttachment attachment) {
        String key = open.page();
        if (key == null) {
            return;
        }
        if (attachment.isReady()) {
            String message = text.get();
            open.content(attachment)
                    .whenCompleteAsync(
                            (content, failure) -> {
                                if (failure == null && open.isOpen(key)) {
                                    Prepared part = new Prepared(attachment, content);
                                    add(new Removed(part, message, false));
                                }
                            },
                            fx);
        }
        open.remove(key, attachment);
    }

    /// See [AttachmentsViewModel#expand].
    void expand(DraftAttachment attachment, Consumer<String> insert) {
        String key = open.page();
        open.content(attachment)
                .whenCompleteAsync(
                        (content, failure) -> {
                            if (failure != null) {
                                errors.accept(FutureFailures.message(failure));
                            } else if (key != null
                                    && open.isOpen(key)
                                    && open.shown().contains(attachment)) {
                                open.remove(key, attachment);
                                insert.accept(new String(content, StandardCharsets.UTF_8));
                                Prepared part = new Prepared(attachment, content);
                                add(new Removed(part, text.get(), true));
                            }
                        },
                        fx);
    }

    /// See [AttachmentsViewModel#undoRemoval].
    boolean undo(boolean inText, Runnable undoText) {
        Removed last = all.peek();
        String key = open.page();
        if (last == null || key == null) {
            return false;
        }
        boolean isLastChange = last.text().equals(text.get());
        if (!isLastChange && (inText || last.expanded())) {
            return false;
        }
        all.pop();
        if (last.expanded()) {
            undoText.run();
            returned = new Removed(last.attachment(), text.get(), true);
        }
        open.add(key, last.attachment());
        return true;
    }

    /// See [AttachmentsViewModel#redoExpansion].
    boolean redo(Runnable redoText) {
        Removed last = returned;
        String key = open.page();
        if (last == null || key == null || !last.text().equals(text.get())) {
            return false;
        }
        redoText.run();
        open.remove(key, last.attachment().attachment());
        add(new Removed(last.attachment(), text.get(), true));
        return true;
    }
}
