package dev.oriel.agent.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.cancel.CancelScope;
import java.util.List;

/// A server that speaks the Messages API, with one account. Thread-safe. Methods block the caller,
/// which should be a virtual thread.
public interface MessagesApi extends AutoCloseable {
    /// Requests one response and reports its events until the stream ends. Does not retry.
    ///
    /// @return the sentences about features that the server was found to lack in this call, for the
    ///   user; each is returned once
    /// @throws ApiException if the request or the stream failed; events may have been reported
    /// @throws java.util.concurrent.CancellationException if the scope was cancelled
    List<String> stream(ApiRequest request, CancelScope cancel, StreamListener listener)
            throws ApiException;

    /// The models that the server lists, `{"id":…, "display_name":…, "created_at":…}`, newest
    /// first.
    List<ObjectNode> models(CancelScope cancel) throws ApiException;

    /// Makes ready in the background what the first request would have to wait for. Returns at
    /// once.
    default void prepare() {}

    @Override
    void close();

    /// Receives the events of one response on the thread that called [MessagesApi#stream].
    interface StreamListener {
        /// The response began.
        ///
        /// @param requestId the `request-id` header, or an empty string
        void onResponse(String requestId);

        /// Events that were read together, in order. Blocking here slows the server down.
        void onEvents(List<SseEvent> events);
    }

    /// An event of a stream.
    ///
    /// @param type the JSON object's `type`
    /// @param json the encoded JSON object, byte for byte as received
    /// @param tree the same object, not to be changed
    record SseEvent(String type, byte[] json, ObjectNode tree) {}
}
