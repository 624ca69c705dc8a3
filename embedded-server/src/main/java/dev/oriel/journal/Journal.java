package dev.oriel.journal;

import dev.oriel.message.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Stores everything that outlives the process: sessions, their messages and their queued prompts.
///
/// What a method has written when it returns survives `kill -9` of this process. Prompts that were
/// queued or removed from the queue also survive a power cut. Nothing is deleted because of its
/// age.
///
/// Any thread. Writers wait for each other; readers do not wait for writers.
public interface Journal extends AutoCloseable {
    /// A random id that is created with the journal. If it differs from the one that a client
    /// knows, then everything that the client knows of the journal is invalid.
    UUID identity();

    /// All sessions, the most recently changed first. Of their options, which can be large, only
    /// the saved control requests. Omits those whose row is damaged.
    List<SessionRecord> sessions() throws JournalException;

    Optional<SessionRecord> findSession(UUID id) throws JournalException;

    /// Saves a new session, or the changes of one. [SessionRecord#lastSeq] is not saved: it follows
    /// from the messages.
    void save(SessionRecord session) throws JournalException;

    /// Deletes a session with its messages and prompts. Unknown ids are ignored.
    void delete(UUID session) throws JournalException;

    /// Appends messages in one transaction.
    ///
    /// @param firstSeq seq of the first message; must be the session's last seq + 1
    void append(UUID session, long firstSeq, List<Message> messages) throws JournalException;

    /// Messages after a position, oldest first.
    ///
    /// @param after exclusive; 0 for the start
    /// @param limit maximum number; a page of large messages is shorter (it ends when it exceeds 1
    ///   MiB, but has at least one message)
    List<Entry> messagesAfter(UUID session, long after, int limit) throws JournalException;

    /// The last `limit` messages before a position, oldest first.
    ///
    /// @param before exclusive; [Long#MAX_VALUE] for the end
    /// @param limit see [#messagesAfter]
    List<Entry> messagesBefore(UUID session, long before, int limit) throws JournalException;

    /// Saves deltas of answers that are not complete yet, outside of the sequence of messages.
    ///
    /// @param replace true to replace the deltas saved before, false to append to them
    /// @param events `stream_event`s, oldest first
    void saveDeltas(UUID session, boolean replace, List<Message> events) throws JournalException;

    /// The deltas that are saved, see [#saveDeltas].
    SavedDeltas savedDeltas(UUID session) throws JournalException;

    /// Appends a prompt to the session's queue, unless a prompt with this UUID was ever queued in
    /// it. Survives a power cut.
    ///
    /// @return false if such a prompt was queued before; then nothing has changed
    default boolean enqueue(UUID session, UUID prompt, Message user) throws JournalException {
        return enqueue(session, prompt, user, null);
    }

    /// As [#enqueue(UUID, UUID, Message)], with settings.
    ///
    /// @param setting settings with which the prompt runs, as JSON; null for the session's own
    boolean enqueue(UUID session, UUID prompt, Message user, @Nullable String setting)
            throws JournalException;

    /// The queued prompts in their order. Omits those whose row is damaged.
    List<QueuedPrompt> queuedPrompts(UUID session) throws JournalException;

    /// Removes a prompt from the queue and appends its message, in one transaction.
    ///
    /// @param seq must be the session's last seq + 1
    void startPrompt(UUID session, UUID prompt, long seq, Message user) throws JournalException;

    /// Changes the order of the queued prompts. Survives a power cut.
    ///
    /// @param order the UUIDs of all queued prompts
    void reorderPrompts(UUID session, List<UUID> order) throws JournalException;

    /// Removes a prompt from the queue permanently.
    ///
    /// @return false if it was not queued
    boolean cancelPrompt(UUID session, UUID prompt) throws JournalException;

    /// Whether a prompt with this UUID was queued and then cancelled.
    boolean isPromptCancelled(UUID session, UUID prompt) throws JournalException;

    /// The prompts that were started in all sessions, the last one first. Those whose message has
    /// more than 256 KiB are without what is attached to them; those whose text alone is as large
    /// are omitted.
    ///
    /// @param cwd the folder of the sessions; null for all folders
    /// @param before exclusive; [Long#MAX_VALUE] for the last ones
    /// @param limit maximum number
    /// @return fewer than the limit if they are large or damaged; empty if there are no more
    List<PastPrompt> pastPrompts(@Nullable String cwd, long before, int limit)
            throws JournalException;

    /// Finds messages by their text, newest first. A message must contain all words; the last one
    /// can be the beginning of a word.
    ///
    /// @param query as the user enters it; has no syntax and is never invalid
    /// @param session null for all sessions
    List<SearchHit> search(String query, @Nullable UUID session, int limit) throws JournalException;

    /// What all sessions have cost since a moment, in US dollars, also those that were deleted.
    ///
    /// @param from exact to a quarter of an hour
    double costSince(Instant from) throws JournalException;

    @Override
    void close();

    /// Deltas of answers that were not complete.
    ///
    /// @param afterSeq seq of the session's last message when deltas were last appended; 0 if none
    ///   are saved
    /// @param events `stream_event`s, oldest first
    record SavedDeltas(long afterSeq, List<Message> events) {
        public SavedDeltas {
            events = List.copyOf(events);
        }
    }

    /// A message with its position. If the message cannot be read because the file is damaged, it
    /// is an `oriel_notice` of code `damaged`, so that positions have no gaps.
    record Entry(long seq, Message message) {
        /// The message's bytes, as they were appended.
        public byte[] body() {
            return message.bytes();
        }
    }

    /// A prompt in the queue.
    ///
    /// @param setting settings with which it runs, as JSON; null for the session's own
    record QueuedPrompt(UUID uuid, Message user, @Nullable String setting) {
        public QueuedPrompt(UUID uuid, Message user) {
            this(uuid, user, null);
        }
    }

    /// A prompt that was started.
    ///
    /// @param place orders all prompts by their start
    record PastPrompt(long place, UUID session, long seq, Message user) {}

    /// A message that contains the words of a query.
    ///
    /// @param snippet plain text around the words, which are enclosed in U+2068 and U+2069
    record SearchHit(UUID session, long seq, String snippet) {}
}
