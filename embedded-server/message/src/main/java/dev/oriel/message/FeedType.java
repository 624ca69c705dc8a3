package dev.oriel.message;

/// The values of `type` in the frames of the feed, `/v1/feed` (`PROTOCOL.md`).
public final class FeedType {
    /// All sessions: the first frame of a connection.
    public static final String SESSIONS = "sessions";

    /// A session is new or changed.
    public static final String SESSION = "session";

    /// A session was deleted.
    public static final String SESSION_GONE = "session_gone";

    private FeedType() {}
}
