package dev.oriel.app.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The pages of the gallery are well-formed: each line is known, and each result has its call.
class GalleryPageTest {
    @Test
    void everyLineOfEveryPageIsOfAKnownForm() throws IOException {
        for (GalleryPage page : GalleryPage.all()) {
            Set<String> calls = new HashSet<>();
            for (ObjectNode line : page.lines()) {
                if (line.has("tool")) {
                    calls.add(line.path("id").asText());
                } else if (line.has("result")) {
                    assertThat(calls).as(page.name()).contains(line.path("result").asText());
                } else {
                    assertThat(line.properties())
                            .as("%s: %s", page.name(), line)
                            .anyMatch(member ->
                                    Set.of(
                                                    "prompt",
                                                    "text",
                                                    "thinking",
                                                    "settings",
                                                    "hang",
                                                    "request",
                                                    "type")
                                            .contains(member.getKey()));
                }
            }
        }
    }
}
