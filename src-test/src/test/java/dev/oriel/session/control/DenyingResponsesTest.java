package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the agent gets if no client answers: never a permission.
class DenyingResponsesTest {
    private static ObjectNode json(String text) throws Exception {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode hook(String event) throws Exception {
        return DenyingResponses.responseTo(
                json("{'subtype':'hook_callback','input':{'hook_event_name':'" + event + "'}}"),
                "Too late.");
    }

    @Test
    void aToolIsNotRun() throws Exception {
        assertThat(hook("PreToolUse"))
                .isEqualTo(
                        json(
                                "{'subtype':'success','response':{'hookSpecificOutput':{"
                                        + "'hookEventName':'PreToolUse',"
                                        + "'permissionDecision':'deny',"
                                        + "'permissionDecisionReason':'Too late.'}}}"));
        assertThat(hook("PermissionRequest"))
                .isEqualTo(
                        json(
                                "{'subtype':'success','response':{'hookSpecificOutput':{"
                                        + "'hookEventName':'PermissionRequest','decision':{"
                                        + "'behavior':'deny','message':'Too late.'}}}}"));
    }

    @ParameterizedTest
    @CsvSource({"UserPromptSubmit", "PreCompact", "ConfigChange"})
    void whatHasNotHappenedYetIsBlocked(String event) throws Exception {
        assertThat(hook(event))
                .isEqualTo(
                        json(
                                "{'subtype':'success',"
                                        + "'response':{'decision':'block','reason':'Too late.'}}"));
    }

    @ParameterizedTest
    @CsvSource({"PostToolUse", "Stop", "Notification"})
    void whatHasHappenedIsNotBlocked(String event) throws Exception {
        assertThat(hook(event)).isEqualTo(json("{'subtype':'success','response':{}}"));
    }

    @Test
    void anMcpRequestGetsAnErrorWithItsId() throws Exception {
        assertThat(
                        DenyingResponses.responseTo(
                                json("{'subtype':'mcp_message','message':{'id':'a'}}"),
                                "Too late."))
                .isEqualTo(
                        json(
                                "{'subtype':'success','response':{'mcp_response':{'jsonrpc':'2.0',"
                                        + "'id':'a','error':{'code':-32000,"
                                        + "'message':'Too late.'}}}}"));
    }

    @Test
    void anMcpNotificationGetsAnEmptyResult() throws Exception {
        assertThat(
                        DenyingResponses.responseTo(
                                json("{'subtype':'mcp_message','message':{}}"), "Too late."))
                .isEqualTo(
                        json(
                                "{'subtype':'success','response':{'mcp_response':{"
                                        + "'jsonrpc':'2.0','result':{}}}}"));
    }

    @Test
    void anythingElseGetsAnError() throws Exception {
        assertThat(DenyingResponses.responseTo(json("{'subtype':'x'}"), "Too late."))
                .isEqualTo(json("{'subtype':'error','error':'Too late.'}"));
    }
}
