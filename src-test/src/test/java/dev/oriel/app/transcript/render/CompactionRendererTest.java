package dev.oriel.app.transcript.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.reading.DetailLevel;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.transcript.options.RenderOptions;
import dev.oriel.app.transcript.options.RenderSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactionRendererTest {
    private static final Item.Compaction COMPACTION =
            new Item.Compaction("c", 1, 152_000, 12_000, "We **did** things.");

    @ParameterizedTest
    @CsvSource({
        "152000, 12000, Compacted the conversation: 152.0k → 12.0k tokens",
        "9000, 0, 'Compacted the conversation: 9,000 tokens until here'",
        "0, 0, Compacted the conversation",
    })
    void theLineHasTheTokensAsFarAsTheyAreKnown(long before, long after, String text) {
        assertThat(CompactionRenderer.text(new Item.Compaction("c", 1, before, after, "")))
                .isEqualTo(text);
    }

    private static String shown(boolean toggled, DetailLevel level) {
        RenderSettings settings =
                RenderSettings.of(80).withReading(ReadingSettings.DEFAULTS.withDetail(level));
        var options = new RenderOptions(toggled, 0, settings, Instant.EPOCH);
        return String.join("|", ItemLines.of(CompactionRenderer.render(COMPACTION, options)));
    }

    @Test
    void theSummaryIsMarkdownThatOpens() {
        assertThat(shown(false, DetailLevel.NORMAL)).doesNotContain("did");
        assertThat(shown(true, DetailLevel.NORMAL)).endsWith("|We did things.");
        assertThat(shown(false, DetailLevel.VERBOSE)).endsWith("|We did things.");
    }
}
