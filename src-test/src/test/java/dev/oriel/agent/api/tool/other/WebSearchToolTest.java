package dev.oriel.agent.api.tool.other;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.agent.api.wire.ApiException;
import dev.oriel.agent.api.wire.ApiRequest;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import dev.oriel.testing.api.RecordedCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSearchToolTest {
    @TempDir Path folder;

    private final FakeApi api = new FakeApi();
    private final WebSearchTool tool = new WebSearchTool(api, () -> "m");
    private RecordedCalls calls;

    @BeforeEach
    void open() {
        calls = new RecordedCalls(folder, folder.resolve("private"));
    }

    private static ObjectNode json(String text) {
        return Json.parseStored(text);
    }

    @Test
    void returnsTextsAndLinksInOrder() throws InterruptedException {
        api.answer(
                "end_turn",
                json("{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\"}"),
                json(
                        """
                        {"type":"web_search_tool_result","tool_use_id":"s","content":[
                        {"type":"web_search_result","title":"T","url":"https://x.org","page_age":"1",
                        "encrypted_content":"zzz"}]}
                        """),
                json("{\"type\":\"text\",\"text\":\"found\"}"));
        ToolOutcome outcome = calls.call(tool, "query", "hello");
        assertThat(outcome.content().asText())
                .startsWith(
                        "Web search results for query: \"hello\"\n\nLinks:"
                                + " [{\"title\":\"T\",\"url\":\"https://x.org\"}]\n\nfound\n")
                .contains("not the user's");
        assertThat(outcome.structured().path("results").toString())
                .isEqualTo(
                        "[{\"tool_use_id\":\"s\",\"content\":[{\"title\":\"T\",\"url\":"
                                + "\"https://x.org\"}]},\"found\"]");
        assertThat(outcome.structured().path("searchCount").asInt()).isEqualTo(1);
        assertThat(outcome.structured().path("query").asText()).isEqualTo("hello");
        assertThat(outcome.structured().path("durationSeconds").isNumber()).isTrue();
    }

    @Test
    void asksOnlyForASearch() throws InterruptedException {
        api.text("found");
        calls.call(tool, json("{\"query\":\"hello\",\"allowed_domains\":[\"x.org\"]}"));
        ApiRequest request = api.requests().getFirst();
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.tools().toString())
                .isEqualTo(
                        "[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":8,"
                                + "\"allowed_domains\":[\"x.org\"]}]");
        assertThat(new String(request.messages().getFirst(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Perform a"
                                + " web search for the query: hello\"}]}");
    }

    @Test
    void reportsErrors() throws InterruptedException {
        api.answer(
                "end_turn",
                json(
                        """
                        {"type":"web_search_tool_result","tool_use_id":"s","content":
                        {"type":"web_search_tool_result_error","error_code":"max_uses_exceeded"}}
                        """));
        assertThat(calls.call(tool, "query", "hello").content().asText())
                .contains("Web search error: max_uses_exceeded");
        api.fails(new ApiException(ApiException.Kind.STATUS, 529, "", "Overloaded", null, null));
        ToolOutcome failed = calls.call(tool, "query", "hello");
        assertThat(failed).isInstanceOf(ToolOutcome.Fail.class);
        assertThat(failed.content().asText()).isEqualTo("The web search failed: Overloaded");
    }

    @Test
    void refusesBothLists() throws InterruptedException {
        assertThat(
                        calls.call(
                                        tool,
                                        json(
                                                """
                                                {"query":"hello","allowed_domains":["a.org"],
                                                "blocked_domains":["b.org"]}
                                                """))
                                .content()
                                .asText())
                .startsWith("<tool_use_error>Cannot specify both");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void endsWithTheTurn() {
        api.stalls(FakeApi.start());
        calls.cancel().cancel();
        assertThatThrownBy(() -> calls.call(tool, "query", "hello"))
                .isInstanceOf(CancellationException.class);
    }
}
