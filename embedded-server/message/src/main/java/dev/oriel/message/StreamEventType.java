package dev.oriel.message;

/// The values of `event.type` in `stream_event` messages: the streaming events of the Messages API.
public final class StreamEventType {
    /// An answer begins.
    public static final String MESSAGE_START = "message_start";

    /// The stop reason and the usage of an answer.
    public static final String MESSAGE_DELTA = "message_delta";

    /// An answer ended.
    public static final String MESSAGE_STOP = "message_stop";

    /// A content block begins.
    public static final String CONTENT_BLOCK_START = "content_block_start";

    /// A part of a content block.
    public static final String CONTENT_BLOCK_DELTA = "content_block_delta";

    /// A content block ended.
    public static final String CONTENT_BLOCK_STOP = "content_block_stop";

    private StreamEventType() {}
}
