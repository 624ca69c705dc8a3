package dev.oriel.journal;

import dev.oriel.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that must outlive the process: sessions, their messages, their waiting prompts.
///
/// What a method wrote before it returned survives `kill -9` of this process; prompts that were put
/// into a queue or taken out of it survive a power cut too. Nothing is ever deleted by age.
///
/// Any thread may call it. Writers take turns; readers do not wait for writers.
public interface Journal extends AutoCloseable {
    /// A random id, made with the journal: another one means that this is another journal, and that
    /// what was known of the one before is void.
    UUID identity();

    /// All sessions, the last changed first, without their options. One whose row is damaged is
    /// left out.
    List<SessionRecord> sessions() throws JournalException;

    Optional<SessionRecord> findSession(UUID id) throws JournalException;

    /// Writes a new session, or what changed of one.
    void save(SessionRecord session) throws JournalException;

    /// Forgets a session with all that belongs to it. Unknown ids are ignored.
    void delete(UUID session) throws JournalException;

    /// Appends messages in one transaction.
    ///
    /// @param firstSeq seq of the first one; must be the session's last seq + 1
    void append(UUID session, long firstSeq, List<Message> messages) throws JournalException;

    /// Messages after a position, oldest first.
    ///
    /// @param after exclusive; 0 begins at the start
    /// @param limit at most so many; fewer where they are large (a page ends after 1 MiB, but has
    ///   at least one message)
    List<Entry> messagesAfter(UUID session, long after, int limit) throws JournalException;

    /// Messages before a position, oldest first: the last `limit` of them.
    ///
    /// @param before exclusive; [Long#MAX_VALUE] for the end
    /// @param limit as in [#messagesAfter]
    List<Entry> messagesBefore(UUID session, long before, int limit) throws JournalException;

    /// Keeps what is streamed of answers that are not whole yet, outside the sequence of the
    /// messages.
    ///
    /// @param anew whether it takes the place of what was kept before, or follows it
    /// @param events `stream_event`s, oldest first
    void saveDeltas(UUID session, boolean anew, List<Message> events) throws JournalException;

    /// What [#saveDeltas] has kept.
    SavedDeltas savedDeltas(UUID session) throws JournalException;

    /// Puts a prompt at the end of the session's queue, safe from a power cut, unless a prompt of
    /// that uuid was ever taken.
    ///
    /// @return false if it was, and nothing changed
    default boolean enqueue(UUID session, UUID prompt, Message user) throws JournalException {
        return enqueue(session, prompt, user, null);
    }

    /// The same.
    ///
    /// @param setting what it is to run with, kept until it begins; null for the session's own
    boolean enqueue(UUID session, UUID prompt, Message user, @Nullable String setting)
            throws JournalException;

    /// The waiting prompts, the first one first. One whose row is damaged is left out.
    List<QueuedPrompt> queuedPrompts(UUID session) throws JournalException;

    /// Takes a prompt out of the queue and appends its message, in one transaction.
    ///
    /// @param seq as [#append]'s `firstSeq`
    void startPrompt(UUID session, UUID prompt, long seq, Message user) throws JournalException;

    /// Takes a prompt out of the queue for good.
    ///
    /// @return false if it was not waiting
    boolean cancelPrompt(UUID session, UUID prompt) throws JournalException;

    /// Whether a prompt of that uuid was taken and then cancelled.
    boolean isPromptCancelled(UUID session, UUID prompt) throws JournalException;

    /// Finds text in what was said, newest first. All words must occur; the last one may be the
    /// beginning of a word.
    ///
    /// @param query as a person types it; no syntax of its own, never an error
    /// @param session null for all sessions
    List<SearchHit> search(String query, @Nullable UUID session, int limit) throws JournalException;

    @Override
    void close();

    /// What is kept of answers that were not whole.
    ///
    /// @param afterSeq seq of the last message when it was last added to; 0 if nothing is kept
    /// @param events oldest first
    record SavedDeltas(long afterSeq, List<Message> events) {
        public SavedDeltas {
            events = List.copyOf(events);
        }
    }

    /// A message and its place. Where the file is damaged at that place, the message says so
    /// instead (an `oriel_notice` with code `damaged`), so that seqs have no gaps.
    record Entry(long seq, Message message) {
        /// The message's bytes as they were appended.
        public byte[] body() {
            return message.bytes();
        }
    }

    /// A prompt that waits for its turn.
    ///
    /// @param setting what it is to run with; null for the session's own
    record QueuedPrompt(UUID uuid, Message user, @Nullable String setting) {
        public QueuedPrompt(UUID uuid, Message user) {
            this(uuid, user, null);
        }
    }

    /// A place where the text was found.
    ///
    /// @param snippet plain text around the find, the found words between U+2068 and U+2069
    record SearchHit(UUID session, long seq, String snippet) {}
}
