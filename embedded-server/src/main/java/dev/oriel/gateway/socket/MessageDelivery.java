package dev.oriel.gateway.socket;

import dev.oriel.dialect.DialectConnection;
import dev.oriel.gateway.codec.DecodedFrame;
import dev.oriel.gateway.codec.ReceiveBudget;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Delivers the messages of one WebSocket client to its dialect, one after the other, on the thread
/// of a [Mailbox]: first the connect, then messages in the order of their arrival, last the close.
/// A message that arrives after the close is dropped.
///
/// Any thread may call it.
final class MessageDelivery {
    /// What a waiting message costs in addition to its bytes.
    private static final int MESSAGE_OVERHEAD = 64;

    private final SocketMeter meter;
    private final ReceiveBudget budget;
    private final Mailbox mailbox;
    private boolean closeReported; // the mailbox's thread only
    private volatile @Nullable DialectConnection dialect; // written by the mailbox's thread

    /// @param budget from which the decoder has reserved the memory of messages
    /// @param emptied called after the last message that waited
    /// @param failed receives what the dialect has thrown
    MessageDelivery(
            SocketMeter meter, ReceiveBudget budget, Runnable emptied, Consumer<Throwable> failed) {
        this.meter = meter;
        this.budget = budget;
        this.mailbox = new Mailbox(emptied, failed);
    }

    /// Connects the client. It may have disconnected until that happens.
    void connect(Supplier<DialectConnection> connector) {
        mailbox.enqueue(
                0,
                () -> {
                    if (!closeReported) {
                        dialect = connector.get().successor();
                    }
                });
    }

    void enqueue(DecodedFrame.Text text) {
        mailbox.enqueue(MESSAGE_OVERHEAD + text.bytes(), () -> deliver(text));
    }

    void enqueue(DecodedFrame.Binary binary) {
        mailbox.enqueue(MESSAGE_OVERHEAD, () -> deliver(binary));
    }

    /// Reports to the dialect, after the messages that wait, that the client has disconnected. Only
    /// the first report has an effect.
    void enqueueClose() {
        enqueueClose(() -> {});
    }

    /// As [#enqueueClose()].
    ///
    /// @param then run after the report, by each call
    void enqueueClose(Runnable then) {
        mailbox.enqueue(
                0,
                () -> {
                    reportClosed();
                    then.run();
                });
    }

    /// Runs a task after the messages that wait.
    void enqueueTask(Runnable task) {
        mailbox.enqueue(0, task);
    }

    private void deliver(DecodedFrame.Text text) {
        try {
            DialectConnection to = receiver();
            if (to != null) {
                meter.onReceived(text.text().length());
                budget.handle(text.bytes(), () -> to.onText(text.text()));
                dialect = to.successor();
            }
        } finally {
            budget.release(text.charged());
        }
    }

    private void deliver(DecodedFrame.Binary binary) {
        DialectConnection to = receiver();
        if (to != null) {
            to.onBinary(binary.bytes());
        }
    }

    /// @return null if there is no receiver: the dialect has failed to connect, or another thread
    ///   has closed the connection before the loop's thread enqueued the message
    private @Nullable DialectConnection receiver() {
        return closeReported ? null : dialect;
    }

    private void reportClosed() {
        if (closeReported) {
            return;
        }
        closeReported = true;
        meter.onClosed();
        DialectConnection to = dialect;
        if (to != null) {
            to.onClosed();
        }
    }

    /// Whether a dialect serves the client.
    boolean isServed() {
        return dialect != null;
    }

    /// Whether no message waits or is being handled.
    boolean isIdle() {
        return mailbox.isIdle();
    }

    /// Bytes of the messages that wait or are being handled.
    long unhandledBytes() {
        return mailbox.bytes();
    }
}
