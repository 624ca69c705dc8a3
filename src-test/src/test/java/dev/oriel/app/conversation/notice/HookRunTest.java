package dev.oriel.app.conversation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.Item.Level;
import dev.oriel.message.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookRunTest {
    private static ObjectNode response(String event, int code, String output) {
        return Json.object()
                .put("subtype", "hook_response")
                .put("hook_name", event + ":Bash")
                .put("hook_event", event)
                .put("stdout", output)
                .put("output", output)
                .put("exit_code", code)
                .put("outcome", code == 0 ? "success" : "error");
    }

    private static Item.Notice notice(String event, int code, String output) {
        return HookRun.notice("1", 7, response(event, code, output));
    }

    @Test
    void aHookThatOnlyRanIsShownWithAllDetails() {
        Item.Notice notice = notice("PostToolUse", 0, "a\nb\n");
        assertThat(notice)
                .isEqualTo(
                        new Item.Notice(
                                "hook:1",
                                7,
                                Level.TRACE,
                                "Hook PostToolUse:Bash ran",
                                List.of("a", "b")));
        assertThat(HookRun.hasBlocked(notice)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PreToolUse,       WARNING, blocked this tool call",
        "UserPromptSubmit, WARNING, blocked the prompt",
        "PostToolUse,      WARNING, reported a problem to Claude",
        "PreCompact,       WARNING, blocked the compaction",
        "Stop,             INFO,    asked Claude to go on",
        "SubagentStop,     INFO,    asked Claude to go on",
        "Notification,     WARNING, failed with exit code 2",
        "FromTheFuture,    WARNING, blocked this"
    })
    void exitCodeTwoMeansWhatTheEventMakesOfIt(String event, Level level, String words) {
        Item.Notice notice = notice(event, 2, "why");
        assertThat(notice.level()).isEqualTo(level);
        assertThat(notice.text()).isEqualTo("Hook " + event + ":Bash " + words);
        assertThat(notice.details()).containsExactly("why");
    }

    @Test
    void aFailureNamesItsExitCode() {
        assertThat(notice("PreToolUse", 1, "").text())
                .isEqualTo("Hook PreToolUse:Bash failed with exit code 1");
        ObjectNode noCode = response("PreToolUse", 0, "").put("outcome", "error");
        assertThat(HookRun.notice("1", 0, noCode).text()).endsWith("failed");
    }

    @Test
    void aCancelledHookIsQuiet() {
        ObjectNode cancelled = response("Stop", 0, "").put("outcome", "cancelled");
        assertThat(HookRun.notice("1", 0, cancelled))
                .extracting(Item.Notice::text, Item.Notice::level)
                .containsExactly("Hook Stop:Bash was cancelled", Level.QUIET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PreToolUse | {'hookSpecificOutput':{'permissionDecision':'deny',"
                        + "'permissionDecisionReason':'No rm'}} | blocked this tool call | No rm",
                "UserPromptSubmit | {'decision':'block','reason':'Not now'} | blocked the prompt"
                        + " | Not now",
                "Stop | {'continue':false,'stopReason':'Enough'} | ended the turn | Enough"
            })
    void jsonThatAHookPrintsDecidesToo(String event, String json, String words, String why) {
        Item.Notice notice = notice(event, 0, json.replace('\'', '"'));
        assertThat(notice.level()).isEqualTo(Level.WARNING);
        assertThat(notice.text()).endsWith(words);
        assertThat(notice.details()).containsExactly(why);
        assertThat(HookRun.hasBlocked(notice)).isTrue();
    }

    @Test
    void whatLooksLikeJsonAndIsNoneIsOutput() {
        assertThat(notice("PreToolUse", 0, "{ not json").details()).containsExactly("{ not json");
        assertThat(notice("PreToolUse", 0, "[1]").level()).isEqualTo(Level.TRACE);
        assertThat(HookRun.notice("1", 0, Json.object()).text()).isEqualTo("Hook  ran");
    }

    @Test
    void aMessageForTheUserIsShown() {
        Item.Notice notice = notice("Stop", 0, "{\"systemMessage\":\"Saved\"}");
        assertThat(notice.level()).isEqualTo(Level.INFO);
        assertThat(notice.details()).containsExactly("Saved");
    }
}
