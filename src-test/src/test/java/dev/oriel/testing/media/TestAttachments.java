package dev.oriel.testing.media;

import dev.oriel.app.composer.attach.AttachmentStore;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Attachments of a composer that do everything at once on the calling thread.
public final class TestAttachments {
    private TestAttachments() {}

    /// For tests without attachments.
    public static AttachmentsViewModel none() {
        return in(Path.of("no-such-folder"), _ -> {});
    }

    /// @param folder keeps the attachments
    /// @param errors receives sentences for the user
    public static AttachmentsViewModel in(Path folder, Consumer<String> errors) {
        AttachmentStore store = new AttachmentStore(folder);
        return new AttachmentsViewModel(
                store, store.read(), Runnable::run, Runnable::run, Runnable::run, errors);
    }
}
