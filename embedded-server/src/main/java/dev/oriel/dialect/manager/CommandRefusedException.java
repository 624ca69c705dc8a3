package dev.oriel.dialect.manager;

import java.io.Serial;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command is refused. The message is the text of the `error` frame.
final class CommandRefusedException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final @Nullable UUID session;

    CommandRefusedException(String message) {
        this(message, null);
    }

    /// @param session the session in the frame
    CommandRefusedException(String message, @Nullable UUID session) {
        super(message);
        this.session = session;
    }

    static CommandRefusedException noSuchSession(UUID session) {
        return new CommandRefusedException("Session " + session + " not found");
    }

    @Nullable UUID session() {
        return session;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
