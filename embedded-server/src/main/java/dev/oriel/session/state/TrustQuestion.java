package dev.oriel.session.state;

import dev.oriel.session.event.SessionEvent.TrustRequested;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The open question whether the session's folder is trusted. The same content of a folder is asked
/// about once. Confined to the lane.
public final class TrustQuestion {
    private @Nullable TrustRequested pending;
    private String digest = "";

    /// @param about digest of what the folder would run
    public void open(TrustRequested request, String about) {
        pending = request;
        digest = about;
    }

    public Optional<TrustRequested> pending() {
        return Optional.ofNullable(pending);
    }

    /// Digest of what was asked about last; empty before the first question.
    public String digest() {
        return digest;
    }

    /// Closes the question.
    ///
    /// @return the question that was open
    public Optional<TrustRequested> close() {
        Optional<TrustRequested> open = pending();
        pending = null;
        return open;
    }
}
