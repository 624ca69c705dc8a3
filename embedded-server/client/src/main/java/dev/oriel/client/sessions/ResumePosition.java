package dev.oriel.client.sessions;

import dev.oriel.message.Message;
import dev.oriel.message.MessageSeq;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How far a subscription has received a session, so that it can resume after a lost connection
/// with nothing missing and nothing doubled. Immutable.
///
/// @param lastSeq the last `seq` that was passed on; 0 for none
/// @param journal the identity of the server's journal; null until the server has sent it
record ResumePosition(long lastSeq, @Nullable String journal) {
    /// The begin of a session.
    static final ResumePosition START = new ResumePosition(0, null);

    /// What is to be done with a message.
    sealed interface Step {
        /// Pass it on, and go on from here.
        record Deliver(ResumePosition next) implements Step {}

        /// It was passed on before.
        record Skip() implements Step {}

        /// Messages before it are missing: subscribe again.
        record Gap() implements Step {}

        /// The server's journal is another one, or lost what we have received: nothing received so
        /// far counts, and all is to be received again.
        record JournalReplaced() implements Step {}
    }

    /// Decides about the next message from the server.
    Step on(Message message) {
        long seq = MessageSeq.of(message);
        if (seq > 0) {
            return seq <= lastSeq
                    ? new Step.Skip()
                    : seq > lastSeq + 1
                            ? new Step.Gap()
                            : new Step.Deliver(new ResumePosition(seq, journal));
        }
        return message.is(MessageType.SYSTEM, SystemSubtype.ORIEL_SESSION)
                ? onSession(message)
                : new Step.Deliver(this);
    }

    /// Older servers send no `journal`.
    private Step onSession(Message message) {
        String sent = message.tree().path("journal").textValue();
        long last = message.tree().path("session").path("last_seq").asLong(Long.MAX_VALUE);
        if (sent == null) {
            return new Step.Deliver(this);
        }
        return (journal != null && !journal.equals(sent)) || last < lastSeq
                ? new Step.JournalReplaced()
                : new Step.Deliver(new ResumePosition(lastSeq, sent));
    }

    /// The query of the subscription's URL.
    String query() {
        return "after="
                + lastSeq
                + (journal == null
                        ? ""
                        : "&journal=" + URLEncoder.encode(journal, StandardCharsets.UTF_8));
    }
}
