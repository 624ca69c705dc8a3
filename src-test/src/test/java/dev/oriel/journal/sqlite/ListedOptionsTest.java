package dev.oriel.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import dev.oriel.testing.server.StoredSession;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which options the list of all sessions has.
class ListedOptionsTest {
    @TempDir Path folder;

    @Test
    void theAccountTheLineageAndTheControlRequestsAreListed() throws Exception {
        String small =
                """
                {"controls":[{"subtype":"set_model","model":"m"}],"account":"acc_1",
                "lineage":{"rewound":[[3,9]],"next":{"id":"a","from":"b","after":"c"}}}
                """;
        String all = small.replaceFirst("\\{", "{\"system_prompt\":\"long\",");
        assertThat(Json.mapper().readTree(listed(all))).isEqualTo(Json.mapper().readTree(small));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"system_prompt\":\"long\"}|",
                "{\"controls\":\"x\",\"account\":7,\"lineage\":[]}|",
                "{\"account\":\"a\",\"lineage\":\"x\"}|{\"account\":\"a\"}",
                "no JSON|",
            })
    void othersAreNot(String options, @Nullable String expected) throws Exception {
        assertThat(listed(options)).isEqualTo(expected);
    }

    private @Nullable String listed(String options) throws Exception {
        try (SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
            journal.save(StoredSession.of(UUID.randomUUID()).origin("sessions", options).record());
            return journal.sessions().getFirst().options();
        }
    }
}
