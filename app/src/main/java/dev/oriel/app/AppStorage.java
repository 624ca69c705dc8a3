package dev.oriel.app;

import dev.oriel.app.client.FileOutbox;
import dev.oriel.app.composer.DraftStore;
import dev.oriel.app.composer.attach.AttachmentStore;
import dev.oriel.app.composer.attach.DraftAttachment;
import dev.oriel.app.files.JsonFile;
import dev.oriel.app.media.MediaFiles;
import dev.oriel.app.server.RemoteServerStore;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.updates.UpdateHistory;
import dev.oriel.client.PromptOutbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/// What the window keeps in files. Read once, before there is a window; changes are made in memory
/// and written by one thread.
record AppStorage(
        SettingsViewModel settings,
        WindowState windowState,
        DraftStore drafts,
        PromptOutbox outbox,
        RemoteServerStore servers,
        UpdateHistory updates,
        MediaFiles mediaFiles,
        StoredAttachments attachments) {

    /// Attachments of drafts.
    ///
    /// @param known those that the store had
    record StoredAttachments(AttachmentStore store, Map<String, List<DraftAttachment>> known) {
        private static StoredAttachments read(AttachmentStore store) {
            return new StoredAttachments(store, store.read());
        }
    }

    private static final Duration DRAFT_DELAY = Duration.ofMillis(300);

    /// Reads the files; blocks.
    ///
    /// @param writer one thread
    /// @param errors receives sentences for the user, on the writer's thread
    static AppStorage open(
            AppPaths paths, ScheduledExecutorService writer, Consumer<String> errors) {
        Path state = paths.state();
        return new AppStorage(
                new SettingsViewModel(
                        new JsonFile(paths.config().resolve("settings.json")), writer, errors),
                new WindowState(new JsonFile(state.resolve("window.json")), writer),
                DraftStore.open(state.resolve("drafts"), writer, DRAFT_DELAY),
                new FileOutbox(new JsonFile(state.resolve("outbox.json")), writer),
                new RemoteServerStore(paths.config(), writer),
                new UpdateHistory(new JsonFile(state.resolve("updates.json")), writer),
                new MediaFiles(state.resolve("opened"), writer),
                StoredAttachments.read(new AttachmentStore(state.resolve("attachments"))));
    }
}
