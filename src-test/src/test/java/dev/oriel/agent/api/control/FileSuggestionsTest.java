package dev.oriel.agent.api.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client is offered while its user types the name of a file.
class FileSuggestionsTest {
    @TempDir Path folder;
    private final AtomicLong nanos = new AtomicLong();
    private FileSuggestions suggestions;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("src/deep"));
        for (String file : List.of("README.md", "src/main.py", "src/deep/mail.py", "secret.txt")) {
            Files.writeString(folder.resolve(file), "x");
        }
        suggestions = new FileSuggestions(folder, nanos::get);
    }

    private List<String> find(String query) {
        ObjectNode reply = suggestions.answer(Json.object().put("query", query));
        assertThat(reply.path("cwd").asText()).isEqualTo(folder.toString());
        return reply.path("suggestions").valueStream().map(s -> s.path("path").asText()).toList();
    }

    @Test
    void findsFilesAndFolders() {
        assertThat(find("")).contains("src/", "README.md");
        assertThat(find("main")).containsExactly("src/main.py");
        assertThat(find("src/").getFirst()).startsWith("src/");
        assertThat(find("no such")).isEmpty();
    }

    @Test
    void offersAFew() throws IOException {
        for (int i = 0; i < 40; i++) {
            Files.writeString(folder.resolve("many" + i), "x");
        }
        assertThat(find("many")).hasSize(15);
    }

    @Test
    void listsTheFolderAgainAfterSomeSeconds() throws IOException {
        assertThat(find("late")).isEmpty();
        Files.writeString(folder.resolve("late.txt"), "x");
        assertThat(find("late")).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(find("late")).containsExactly("late.txt");
    }

    @Test
    void hasNothingOfAFolderThatWasDeleted() {
        FileSuggestions gone = new FileSuggestions(folder.resolve("gone"), nanos::get);
        assertThat(gone.answer(Json.object().put("query", "a")).path("suggestions")).isEmpty();
    }
}
