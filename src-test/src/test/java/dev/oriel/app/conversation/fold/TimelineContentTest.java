package dev.oriel.app.conversation.fold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.item.ToolState;
import dev.oriel.app.conversation.notice.UsageLimitNotices;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.testing.data.SampleFrames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every kind of content is shown, at least as a line.
class TimelineContentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SampleFrames frames = new SampleFrames();
    private final Timeline timeline = new Timeline(new StreamedAnswer(), new UnsentItems());

    private List<Item> fold() {
        frames.take().forEach(m -> timeline.apply(m, NOW));
        timeline.flushStreamed();
        return timeline.items();
    }

    private <T extends Item> T only(Class<T> type) {
        List<T> found = fold().stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private ToolRun tool() {
        return only(Item.Tool.class).run();
    }

    private String output() {
        return Objects.requireNonNull(tool().output()).text();
    }

    private void block(String json) {
        try {
            frames.assistant("m1", Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void serverTool(String name, String resultType, String content) {
        block(
                "{\"type\":\"server_tool_use\",\"id\":\"s1\",\"name\":\"%s\",\"input\":{}}"
                        .formatted(name));
        block(
                "{\"type\":\"%s\",\"tool_use_id\":\"s1\",\"content\":%s}"
                        .formatted(resultType, content));
    }

    @Test
    void searchResultsAreListed() {
        serverTool(
                "web_search",
                "web_search_tool_result",
                """
                [{"type":"web_search_result","title":"Bay windows","url":"https://example.org/bay",
                  "encrypted_content":"QUJD","page_age":"2 days"},
                 {"type":"web_search_result","title":"Oriels","url":"https://example.org/o","page_age":null}]
                """);

        assertThat(tool().state()).isInstanceOf(ToolState.Ok.class);
        assertThat(tool().title()).isEqualTo("Search the web");
        assertThat(output().lines())
                .containsExactly(
                        "Bay windows",
                        "  https://example.org/bay  (2 days)",
                        "Oriels",
                        "  https://example.org/o");
    }

    @ParameterizedTest
    @CsvSource({
        "web_search,max_uses_exceeded,the tool was used as often as the turn allows",
        "web_fetch,url_not_accessible,the page could not be loaded",
        "code_execution,unavailable,the tool is not available at the moment",
        "code_execution,some_new_code,some new code"
    })
    void aFailedServerToolIsShownAsFailed(String name, String code, String words) {
        serverTool(
                name,
                name + "_tool_result",
                "{\"type\":\"%s_tool_result_error\",\"error_code\":\"%s\"}".formatted(name, code));

        assertThat(tool().state()).isInstanceOf(ToolState.Failed.class);
        assertThat(output()).isEqualTo("Failed: " + words);
    }

    @Test
    void aFetchedPageAndOutputOfAServerProgramAreShown() {
        serverTool(
                "web_fetch",
                "web_fetch_tool_result",
                """
                {"type":"web_fetch_result","url":"https://example.org/a","content":{"type":"document",
                 "title":"A","source":{"type":"text","media_type":"text/plain","data":"words"}}}
                """);
        assertThat(output()).isEqualTo("https://example.org/a\nA\nwords");
    }

    @Test
    void aServerProgramWithANonZeroExitCodeFailed() {
        serverTool(
                "bash_code_execution",
                "bash_code_execution_tool_result",
                """
                {"type":"bash_code_execution_result","stdout":"out","stderr":"err","return_code":3,"content":[]}
                """);

        assertThat(output()).isEqualTo("out\nerr\nExit code 3");
        assertThat(tool().state()).isInstanceOf(ToolState.Failed.class);
    }

    @Test
    void anMcpCallOfTheApiIsAToolCall() {
        block(
                """
                {"type":"mcp_tool_use","id":"x1","name":"lookup","server_name":"notes","input":{"id":7}}
                """);
        block(
                """
                {"type":"mcp_tool_result","tool_use_id":"x1","is_error":false,
                 "content":[{"type":"text","text":"note seven"}]}
                """);

        assertThat(tool().title()).isEqualTo("notes · lookup");
        assertThat(output()).isEqualTo("note seven");
        assertThat(tool().state()).isInstanceOf(ToolState.Ok.class);
    }

    @Test
    void documentsResourcesAndImagesAreAttachmentsAndUnknownBlocksALine() {
        frames.toolUse("m1", "t1", "mcp__a__b", "{}");
        frames.journaled(
                """
                {"type":"user","session_id":"s","message":{"role":"user","content":[{"type":"tool_result",
                  "tool_use_id":"t1","content":[
                    {"type":"text","text":"first"},
                    {"type":"document","title":"Plan.pdf","source":{"type":"base64",\
                "media_type":"application/pdf","data":"%s"}},
                    {"type":"resource","resource":{"uri":"file:///a.txt","text":"inside"}},
                    {"type":"resource","resource":{"uri":"file:///b.bin","mimeType":"application/zip","blob":"QUJD"}},
                    {"type":"resource_link","name":"c","uri":"file:///c"},
                    {"type":"tool_reference","tool_name":"Later"},
                    {"type":"hologram","data":"%s"},
                    {"type":"image","source":{}}]}]}}
                """
                        .formatted("A".repeat(5_000), "B".repeat(2_000_000)));

        assertThat(output().lines())
                .containsExactly(
                        "first",
                        "file:///a.txt",
                        "inside",
                        "c",
                        "file:///c",
                        "Later",
                        "[hologram, 2.0 MB]");
        assertThat(Objects.requireNonNull(tool().output()).attachments())
                .extracting(Attachment::label)
                .containsExactly(
                        "Document, Plan.pdf, PDF, 3.8 KB",
                        "Attachment, b.bin, ZIP, 3 bytes",
                        "Image");
    }

    @Test
    void anUnknownBlockIsAQuietNotice() {
        block("{\"type\":\"hologram\",\"data\":\"0123456789\"}");

        Item.Notice notice = only(Item.Notice.class);
        assertThat(notice.level()).isEqualTo(Level.QUIET);
        assertThat(notice.text()).matches("\\[hologram, \\d+ bytes]");
    }

    @Test
    void aFailedTurnShowsAllItsErrors() {
        frames.journaled(
                """
                {"type":"result","subtype":"error_during_execution","is_error":true,"num_turns":1,
                 "errors":["[ede_diagnostic] x","MCP server 'notes' could not be started","Hook failed"]}
                """);

        Item.Notice notice = only(Item.Notice.class);
        assertThat(notice.level()).isEqualTo(Level.ERROR);
        assertThat(notice.text()).isEqualTo("MCP server 'notes' could not be started");
        assertThat(notice.details()).containsExactly("Hook failed");
        assertThat(notice.steps()).containsExactly(new NextStep.Continue());
    }

    @Test
    void aUsageLimitIsReportedOnceWithTheTimeOfItsReset() {
        UsageLimitNotices limits = new UsageLimitNotices(ZoneOffset.UTC);
        long reset = NOW.plusSeconds(5_400).getEpochSecond();
        String warning =
                "{\"rate_limit_info\":{\"status\":\"allowed_warning\",\"resetsAt\":%d,"
                        + "\"rateLimitType\":\"five_hour\",\"utilization\":%s}}";

        Item.Notice first =
                Objects.requireNonNull(limits.of("1", tree(warning.formatted(reset, "0.91")), NOW));
        assertThat(first.level()).isEqualTo(Level.WARNING);
        assertThat(first.text())
                .isEqualTo("91 % of the 5-hour limit of your plan is used. It resets at 11:30.");
        assertThat(limits.of("2", tree(warning.formatted(reset, "0.93")), NOW)).isNull();

        Item.Notice rejected =
                Objects.requireNonNull(
                        limits.of(
                                "3",
                                tree(
                                        ("{\"rate_limit_info\":{\"status\":\"rejected\","
                                             + "\"resetsAt\":%d,\"rateLimitType\":\"seven_day\"}}")
                                                .formatted(reset + 86_400)),
                                NOW));
        assertThat(rejected.level()).isEqualTo(Level.ERROR);
        assertThat(rejected.text())
                .isEqualTo(
                        "The weekly limit of your plan is used up. It resets on Monday 2 March,"
                                + " 11:30.");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void aUsageLimitIsANoticeInTheConversation() {
        frames.journaled(
                """
                {"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1796000000,
                 "rateLimitType":"five_hour","isUsingOverage":false}}
                """);

        assertThat(only(Item.Notice.class).text())
                .startsWith("The 5-hour limit of your plan is used up. It resets ");
    }

    @Test
    void severalEditsOfAFileAreSeparateFieldsThatBeginWithTheOldText() {
        frames.toolUse(
                "m1",
                "t1",
                "MultiEdit",
                """
                {"file_path":"/a","edits":[{"old_string":"a","new_string":"b"},{"new_string":"d","old_string":"c"}]}
                """);

        assertThat(tool().fields())
                .extracting(ToolRun.Field::name)
                .containsExactly(
                        "file_path", "old_string", "new_string", "old_string", "new_string");
    }

    @Test
    void theFailureOfAnAccountNamesItsHost() {
        frames.journaled(
                """
                {"type":"system","subtype":"init","oriel_agent":"api",
                 "oriel_account":{"id":"a","name":"Work","base_url_host":"llm.example.org"}}
                """);
        frames.prompt("Hello");
        frames.journaled(
                """
                {"type":"result","subtype":"success","is_error":true,"api_error_status":401,
                 "result":"refused","terminal_reason":"api_error"}
                """);
        Item.Notice notice = only(Item.Notice.class);
        assertThat(notice.text()).startsWith("llm.example.org did not accept the key");
        assertThat(notice.steps())
                .containsExactly(new NextStep.OpenAccounts(), new NextStep.SendAgain());
    }

    @Test
    void aPromptWithoutItsAccountLeadsToTheAccounts() {
        UnsentItems unsent = new UnsentItems();
        Timeline other = new Timeline(new StreamedAnswer(), unsent);
        unsent.update(
                Json.object()
                        .put("error", "The account of this session was removed.")
                        .set(
                                "prompts",
                                Json.mapper()
                                        .createArrayNode()
                                        .add(
                                                Json.object()
                                                        .put("uuid", "u")
                                                        .set(
                                                                "message",
                                                                Json.object()
                                                                        .put("content", "Hi")))));
        other.flushStreamed();
        Item.Notice notice = (Item.Notice) other.items().getLast();
        assertThat(notice.steps()).contains(new NextStep.OpenAccounts());
    }
}
