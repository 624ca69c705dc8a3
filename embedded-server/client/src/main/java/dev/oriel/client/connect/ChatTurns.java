package dev.oriel.client.connect;

import dev.oriel.client.ClientException;
import dev.oriel.message.ErrorCode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The turn of a [Chat] that is under way, and why no further one can start. Safe for any thread.
final class ChatTurns {
    private final AtomicReference<@Nullable ChatTurn> current = new AtomicReference<>();

    /// Why no further turn can start; null while one can. Written on the client's lane, before the
    /// current turn is completed; read by any thread, after the current turn was set.
    private volatile @Nullable ClientException ended;

    /// Starts a turn. If none can start any more, its answer has failed already.
    ///
    /// @throws IllegalStateException if another answer is pending
    ChatTurn start() {
        ChatTurn next = new ChatTurn();
        if (!current.compareAndSet(null, next)) {
            throw new IllegalStateException("an answer is pending");
        }
        ClientException cause = ended;
        if (cause != null) {
            fail(next, cause);
        }
        return next;
    }

    /// The turn that is under way; null if there is none.
    @Nullable ChatTurn current() {
        return current.get();
    }

    /// The turn has ended. The next one can start before its answer completes.
    void finish(ChatTurn turn, Chat.Answer answer) {
        current.compareAndSet(turn, null);
        turn.answer().complete(answer);
    }

    /// The turn has no answer.
    void fail(ChatTurn turn, Throwable cause) {
        current.compareAndSet(turn, null);
        turn.answer().completeExceptionally(cause);
    }

    /// The session was ended: the turn that is under way has an answer, as far as it was received,
    /// and later ones fail.
    void end(String cause) {
        ended = new ClientException(ErrorCode.NOT_FOUND, cause);
        ChatTurn now = current.get();
        if (now != null) {
            finish(now, now.failed(cause));
        }
    }

    /// The connection is lost for good: this turn and later ones fail.
    void disconnect(String cause) {
        ClientException lost = new ClientException(ErrorCode.LINK_LOST, cause);
        if (ended == null) {
            ended = lost;
        }
        ChatTurn now = current.get();
        if (now != null) {
            fail(now, lost);
        }
    }
}
