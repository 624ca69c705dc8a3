package dev.oriel.client.link;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A WebSocket without a network: records what is sent, and lets the test receive frames.
public final class FakeWebSocket implements WebSocket {
    /// The frames that were sent; a close frame as `close 1000`.
    public final List<String> sent = new ArrayList<>();

    private final Listener listener;
    private long requested;
    private int pings;
    private boolean aborted;

    /// What [#sendText] returns; by default the frame is written at once.
    private CompletableFuture<WebSocket> writing = CompletableFuture.completedFuture(this);

    public FakeWebSocket(Listener listener) {
        this.listener = listener;
    }

    /// Frames that the listener has requested and not received.
    public long requested() {
        return requested;
    }

    public int pings() {
        return pings;
    }

    public boolean isAborted() {
        return aborted;
    }

    /// Frames that are sent from now on are not written until the future completes.
    public CompletableFuture<WebSocket> blockWriting() {
        writing = new CompletableFuture<>();
        return writing;
    }

    /// Delivers a text frame, in as many parts as given.
    public void receive(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            requested--;
            listener.onText(this, parts[i], i == parts.length - 1);
        }
    }

    public void receivePong() {
        requested--;
        listener.onPong(this, ByteBuffer.allocate(0));
    }

    public void receiveClose(int code, String reason) {
        listener.onClose(this, code, reason);
    }

    public void fail(Throwable error) {
        listener.onError(this, error);
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        sent.add(data.toString());
        return writing;
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        pings++;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        sent.add("close " + statusCode);
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void request(long n) {
        requested += n;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public boolean isOutputClosed() {
        return sent.stream().anyMatch(f -> f.startsWith("close "));
    }

    @Override
    public boolean isInputClosed() {
        return false;
    }

    @Override
    public String getSubprotocol() {
        return "";
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        throw new UnsupportedOperationException();
    }
}
