package dev.oriel.app.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import org.junit.jupiter.api.Test;

class ReadingSettingsTest {
    @Test
    void settingsAreReadAsTheyWereWritten() {
        ReadingSettings settings =
                ReadingSettings.DEFAULTS
                        .withDetail(DetailLevel.SUMMARY)
                        .withDiffs(DiffLayout.SIDE_BY_SIDE)
                        .withLongLines(LongLines.SCROLL);
        ObjectNode json = Json.object();

        settings.writeTo(json);

        assertThat(ReadingSettings.fromJson(json)).isEqualTo(settings);
    }

    @Test
    void anUnknownValueBecomesItsDefaultAndTheOthersAreKept() {
        ObjectNode json = Json.object().put("detail_level", "verbose").put("diff_layout", 7);
        json.put("long_lines", "hide");

        assertThat(ReadingSettings.fromJson(json))
                .isEqualTo(ReadingSettings.DEFAULTS.withDetail(DetailLevel.VERBOSE));
    }

    @Test
    void theCycleOfDetailLevelsVisitsEachOnce() {
        assertThat(DetailLevel.NORMAL.next()).isEqualTo(DetailLevel.VERBOSE);
        assertThat(DetailLevel.VERBOSE.next()).isEqualTo(DetailLevel.SUMMARY);
        assertThat(DetailLevel.SUMMARY.next()).isEqualTo(DetailLevel.NORMAL);
    }
}
