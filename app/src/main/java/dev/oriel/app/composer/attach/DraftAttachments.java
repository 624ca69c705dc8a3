package dev.oriel.app.composer.attach;

import dev.oriel.app.composer.attach.AttachmentPreparation.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The attachments of all drafts, without their content, and their copy on disk. Belongs to the
/// JavaFX thread, except for [#write] and [#read].
final class DraftAttachments {
    private static final Logger LOG = LoggerFactory.getLogger(DraftAttachments.class);

    private final AttachmentStore store;
    private final Executor files;

    /// By the name of the draft's folder. A list that is changed is replaced.
    private final Map<String, List<DraftAttachment>> drafts;

    /// Attachments that are being sent, by the name of the draft's folder. Their files are kept
    /// until the prompt is stored.
    private final Map<String, List<DraftAttachment>> outgoing = new HashMap<>();

    /// The names of the folders of drafts that were deleted with their session. What is still on
    /// its way to such a draft is dropped.
    private final Set<String> deleted = new HashSet<>();

    /// @param known the attachments that were read from the store
    /// @param files one thread, which writes the store
    DraftAttachments(
            AttachmentStore store, Map<String, List<DraftAttachment>> known, Executor files) {
        this.store = store;
        this.drafts = new HashMap<>(known);
        this.files = files;
    }

    List<DraftAttachment> of(String key) {
        return drafts.getOrDefault(AttachmentStore.folderName(key), List.of());
    }

    void replace(String key, List<DraftAttachment> list) {
        if (!isDeleted(key)) {
            put(drafts, AttachmentStore.folderName(key), list);
        }
        save(key);
    }

    /// Deletes a draft, because its session was deleted.
    void delete(String key) {
        String folder = AttachmentStore.folderName(key);
        deleted.add(folder);
        drafts.remove(folder);
        outgoing.remove(folder);
        save(key);
    }

    /// The page of a draft is open, so its session exists.
    void reopen(String key) {
        deleted.remove(AttachmentStore.folderName(key));
    }

    /// Whether the session of a draft was deleted.
    boolean isDeleted(String key) {
        return deleted.contains(AttachmentStore.folderName(key));
    }

    private static void put(
            Map<String, List<DraftAttachment>> map, String folder, List<DraftAttachment> list) {
        if (list.isEmpty()) {
            map.remove(folder);
        } else {
            map.put(folder, List.copyOf(list));
        }
    }

    /// Writes the list of a draft to disk, and deletes the files that are in no list.
    void save(String key) {
        String folder = AttachmentStore.folderName(key);
        List<DraftAttachment> all = new ArrayList<>(outgoing.getOrDefault(folder, List.of()));
        all.addAll(of(key));
        try {
            files.execute(() -> store.writeList(key, all));
        } catch (RejectedExecutionException e) {
            LOG.debug("An attachment was changed after the window closed", e);
        }
    }

    /// Takes all attachments out of a draft, and keeps their files.
    List<DraftAttachment> startSending(String key) {
        String folder = AttachmentStore.folderName(key);
        List<DraftAttachment> list = of(key);
        List<DraftAttachment> all = new ArrayList<>(outgoing.getOrDefault(folder, List.of()));
        all.addAll(list);
        put(outgoing, folder, all);
        drafts.remove(folder);
        return list;
    }

    /// Deletes the files of attachments that were sent, or returns them to the draft.
    void finishSending(String key, List<DraftAttachment> list, boolean sent) {
        String folder = AttachmentStore.folderName(key);
        List<DraftAttachment> rest = new ArrayList<>(outgoing.getOrDefault(folder, List.of()));
        rest.removeAll(list);
        put(outgoing, folder, rest);
        List<DraftAttachment> now = new ArrayList<>(sent ? List.of() : list);
        now.addAll(of(key));
        replace(key, now);
    }

    /// Writes the content of an attachment. On the thread that writes the store.
    ///
    /// @return the attachment
    /// @throws UncheckedIOException with a message for the user
    DraftAttachment write(String key, Prepared prepared) {
        if (prepared.attachment().isReady()) {
            try {
                store.write(key, prepared.attachment().id(), prepared.content());
            } catch (IOException e) {
                throw new UncheckedIOException("It could not be saved to disk: " + cause(e), e);
            }
        }
        return prepared.attachment();
    }

    /// The message of a failure names a file that the user does not know.
    private static String cause(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : null;
        return reason == null ? "the folder of drafts cannot be written." : reason;
    }

    /// Reads the content of an attachment. On the thread that writes the store.
    ///
    /// @throws UncheckedIOException with a message for the user
    byte[] read(String key, DraftAttachment attachment) {
        try {
            return store.read(key, attachment.id());
        } catch (IOException e) {
            // Its own message is the path of a file that the user does not know.
            throw new UncheckedIOException(
                    "“%s” cannot be read any more. Remove it and attach it again."
                            .formatted(attachment.title()),
                    e);
        }
    }
}
