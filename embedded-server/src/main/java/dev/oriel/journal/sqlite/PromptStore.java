package dev.oriel.journal.sqlite;

import dev.oriel.journal.Journal.PastPrompt;
import dev.oriel.journal.Journal.QueuedPrompt;
import dev.oriel.journal.JournalException;
import dev.oriel.journal.database.ReaderPool;
import dev.oriel.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The queued prompts of all sessions. A prompt that was queued or cancelled survives a power cut:
/// the log is forced to the disk before the client is told. Any thread.
final class PromptStore {
    private final SessionWriter writer;
    private final ReaderPool readers;

    PromptStore(SessionWriter writer, ReaderPool readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /// See [dev.oriel.journal.Journal#enqueue]. If the log cannot be forced to the disk, the prompt
    /// is removed, so that it can be sent again.
    boolean enqueue(UUID session, UUID prompt, Message user, @Nullable String setting)
            throws JournalException {
        boolean fresh =
                writer.write(
                        session,
                        user.bytes().length,
                        (tables, position) ->
                                tables.prompts().insert(position.number, prompt, user, setting));
        try {
            writer.sync();
        } catch (JournalException e) {
            if (fresh) {
                remove(session, prompt, e);
            }
            throw e;
        }
        return fresh;
    }

    private void remove(UUID session, UUID prompt, JournalException because) {
        try {
            writer.write(
                    session,
                    0,
                    (tables, position) -> {
                        tables.prompts().delete(position.number, prompt);
                        return prompt;
                    });
        } catch (JournalException e) {
            because.addSuppressed(e);
        }
    }

    /// See [dev.oriel.journal.Journal#queuedPrompts].
    List<QueuedPrompt> prompts(UUID session) throws JournalException {
        return readers.read(reader -> {
            OptionalLong number = reader.findSessionNumber(session);
            return number.isEmpty()
                    ? List.of()
                    : PromptTable.readQueue(reader.connection(), number.getAsLong());
        });
    }

    /// See [dev.oriel.journal.Journal#startPrompt].
    void start(UUID session, UUID prompt, long seq, Message user) throws JournalException {
        Optional<Message> words = LargePrompt.withoutAttachments(prompt, user);
        writer.write(
                session,
                user.bytes().length,
                (tables, position) -> {
                    if (!tables.prompts().markStarted(position.number, prompt)) {
                        throw new IllegalStateException("prompt " + prompt + " is not queued");
                    }
                    position.advance(seq, 1);
                    tables.messages().insert(position.number, seq, List.of(user));
                    tables.prompts().insertSent(position.number, seq, words);
                    return user;
                });
    }

    /// See [dev.oriel.journal.Journal#pastPrompts].
    List<PastPrompt> past(@Nullable String cwd, long before, int limit) throws JournalException {
        return readers.read(
                reader -> PromptTable.readPast(reader.connection(), cwd, before, limit));
    }

    /// See [dev.oriel.journal.Journal#reorderPrompts].
    void reorder(UUID session, List<UUID> order) throws JournalException {
        writer.write(
                session,
                0,
                (tables, position) -> {
                    tables.prompts().reorder(position.number, order);
                    return order;
                });
        writer.sync();
    }

    /// See [dev.oriel.journal.Journal#cancelPrompt].
    boolean cancel(UUID session, UUID prompt) throws JournalException {
        boolean cancelled =
                writer.write(
                        session,
                        0,
                        (tables, position) ->
                                tables.prompts().markCancelled(position.number, prompt));
        writer.sync();
        return cancelled;
    }

    /// See [dev.oriel.journal.Journal#isPromptCancelled].
    boolean isCancelled(UUID session, UUID prompt) throws JournalException {
        return readers.read(reader -> {
            OptionalLong number = reader.findSessionNumber(session);
            return number.isPresent()
                    && PromptTable.isCancelled(reader.connection(), number.getAsLong(), prompt);
        });
    }
}
