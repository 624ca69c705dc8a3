package dev.oriel.app.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The pages of the gallery are well-formed, and show what there is to show.
class GalleryPageTest {
    private static final Set<String> FORMS =
            Set.of(
                    "prompt",
                    "text",
                    "thinking",
                    "settings",
                    "files",
                    "folder",
                    "earlier",
                    "agent",
                    "accounts",
                    "reply",
                    "hang",
                    "request",
                    "type");

    private static List<GalleryPage> pages = List.of();

    @BeforeAll
    static void read() throws IOException {
        pages = GalleryPage.all();
    }

    @Test
    void everyLineOfEveryPageIsOfAKnownForm() {
        for (GalleryPage page : pages) {
            Set<String> calls = new HashSet<>();
            for (ObjectNode line : page.lines()) {
                if (line.has("tool")) {
                    calls.add(line.path("id").asText());
                } else if (line.has("result") && !line.has("type")) {
                    assertThat(calls).as(page.name()).contains(line.path("result").asText());
                } else if (GalleryStep.of(line).isEmpty()) {
                    assertThat(line.properties())
                            .as("%s: %s", page.name(), line)
                            .anyMatch(member -> FORMS.contains(member.getKey()));
                }
            }
        }
    }

    @Test
    void everyCardOfAToolHasAPage() {
        Set<String> tools = new TreeSet<>();
        for (GalleryPage page : pages) {
            for (ObjectNode line : page.lines()) {
                tools.add(line.path("tool").asText());
                line.path("message")
                        .path("content")
                        .forEach(block -> tools.add(block.path("name").asText()));
            }
        }
        assertThat(tools)
                .contains("Bash", "BashOutput", "KillShell")
                .contains("Read", "Grep", "Glob", "LS")
                .contains("Edit", "MultiEdit", "Write", "NotebookEdit")
                .contains("TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "Task")
                .contains("WebFetch", "WebSearch", "web_search")
                .contains("ExitPlanMode", "AskUserQuestion", "Skill")
                .anyMatch(t -> t.startsWith("mcp__"));
    }

    @Test
    void everyKindOfAskHasAPage() {
        Set<String> asks = new TreeSet<>();
        for (GalleryPage page : pages) {
            for (ObjectNode line : page.lines()) {
                JsonNode request = line.path("request");
                asks.add(request.path("tool_name").asText());
                if (request.path("subtype").asText().equals("elicitation")) {
                    asks.add(request.has("url") ? "address" : "form");
                }
                if (request.has("agent_id")) {
                    asks.add("of a subagent");
                }
                for (JsonNode question : request.path("input").path("questions")) {
                    asks.add(question.path("multiSelect").asBoolean() ? "several" : "one");
                    if (question.path("options").path(0).has("preview")) {
                        asks.add("with previews");
                    }
                }
            }
        }
        assertThat(asks)
                .contains("Bash", "Edit", "Write", "WebFetch", "ExitPlanMode", "AskUserQuestion")
                .contains("form", "address", "of a subagent", "one", "several", "with previews")
                .anyMatch(t -> t.startsWith("mcp__"));
    }
}
