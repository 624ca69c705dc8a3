package dev.oriel.app.conversation;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.message.Message;
import dev.oriel.testing.data.SampleFrames;
import dev.oriel.testing.manual.RecordingPages;
import dev.oriel.testing.manual.RecordingRetries;
import java.time.Instant;
import java.util.List;

/// A conversation whose pages the test delivers.

abstract class ConversationModelFixture {
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    final SampleFrames frames = new SampleFrames();
    final RecordingPages pages = new RecordingPages();
    final RecordingRetries retries = new RecordingRetries();
    final ConversationModel model = new ConversationModel(pages, retries, () -> NOW);

    List<Message> prompts(int n) {
        for (int i = 0; i < n; i++) {
            frames.prompt("prompt " + (frames.seq() + 1));
        }
        return frames.take();
    }

    List<Long> seqs() {
        return model.items().stream().map(Item::seq).toList();
    }
}
