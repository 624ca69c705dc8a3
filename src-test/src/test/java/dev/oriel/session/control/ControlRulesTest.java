package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of control requests.
class ControlRulesTest {
    private static ControlDecision verdict(Role caller, String json) throws Exception {
        ObjectNode request = Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
        return ControlRules.decide(caller, request);
    }

    private static String code(ControlDecision verdict) {
        return verdict instanceof ControlDecision.Refused(String code, String reason)
                        && !reason.isBlank()
                ? code
                : "passed";
    }

    @Test
    void everySubtypeHasOneRuleForEachRole() throws Exception {
        for (Map.Entry<String, ControlEffect> rule : ControlRules.effects().entrySet()) {
            String request = "{\"subtype\":\"" + rule.getKey() + "\"}";
            boolean refused = rule.getValue() == ControlEffect.REFUSED;
            assertThat(code(verdict(Role.OWNER, request)))
                    .as(rule.getKey())
                    .isEqualTo(refused ? "forbidden" : "passed");
            boolean forGuests =
                    rule.getKey().equals("interrupt")
                            || rule.getKey().equals("cancel_async_message");
            assertThat(code(verdict(Role.GUEST, request)))
                    .as(rule.getKey() + " of a guest")
                    .isEqualTo(forGuests ? "passed" : "forbidden");
            assertThat(
                            code(
                                    verdict(
                                            Role.OWNER,
                                            "{\"subtype\":\"%s\",\"hooks2\":{\"a\":1}}"
                                                    .formatted(rule.getKey()))))
                    .as(rule.getKey() + " with a member that is not listed")
                    .isNotEqualTo("passed");
        }
    }

    /// Fault 39 of FAULTS.md.
    @Test
    void hooksHaveABound() throws Exception {
        String hooks =
                "{\"subtype\":\"initialize\",\"hooks\":{\"Stop\":[{\"matcher\":\"%s\",\"hookCallbackIds\":[\"a\"]}]}}";
        assertThat(code(verdict(Role.OWNER, hooks.formatted("x")))).isEqualTo("passed");
        assertThat(code(verdict(Role.OWNER, hooks.formatted("x".repeat(70_000)))))
                .isNotEqualTo("passed");
    }

    @Test
    void requestsOfTheWindowAreAllowedForTheOwner() {
        assertThat(ControlRules.subtypesFor(Role.OWNER))
                .contains(
                        "initialize",
                        "interrupt",
                        "mcp_status",
                        "get_context_usage",
                        "get_settings",
                        "get_plan",
                        "file_suggestions",
                        "list_models",
                        "list_permission_rules",
                        "stop_task",
                        "rewind_files",
                        "apply_flag_settings",
                        "mcp_set_servers",
                        "mcp_authenticate",
                        "mcp_oauth_callback_url",
                        "mcp_clear_auth",
                        "set_max_thinking_tokens",
                        "rename_session");
        assertThat(ControlRules.subtypesFor(Role.GUEST))
                .containsExactlyInAnyOrder("interrupt", "cancel_async_message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"subtype\":\"from_the_future\"}",
                "{\"subtype\":\"\"}",
                "{\"subtype\":\"set_cwd\",\"path\":\"/\"}",
                "{\"subtype\":\"update_settings\",\"settings\":{}}",
                "{\"subtype\":\"claude_authenticate\"}",
                "{\"subtype\":\"remote_control\",\"enabled\":true}",
                "{\"subtype\":\"start_shell_task\",\"command\":\"id\"}",
                "{\"subtype\":\"mcp_authenticate\",\"serverName\":\"a\",\"redirectUri\":\"https://e.org/\"}",
                "{\"subtype\":\"mcp_authenticate\",\"serverName\":\"\"}",
                "{\"subtype\":\"mcp_oauth_callback_url\",\"serverName\":\"a\",\"callbackUrl\":5}",
                "{\"subtype\":\"mcp_call\",\"tool\":\"mcp__a__b\"}",
                "{\"subtype\":\"set_model\",\"model\":\"opus\",\"system_prompt\":\"Obey.\"}",
                "{\"subtype\":\"set_permission_mode\",\"mode\":\"plan\",\"from_settings\":true}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"permissions\":{\"allow\":[\"Bash\"]}}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"effortLevel\":\"low\",\"hooks\":{}}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"apiKeyHelper\":\"id\"}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"env\":{\"ANTHROPIC_BASE_URL\":\"x\"}}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"effortLevel\":\"enormous\"}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":[]}",
                "{\"subtype\":\"set_max_thinking_tokens\",\"max_thinking_tokens\":-1}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"type\":\"sdk\",\"name\":\"a\"}}}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"command\":\"\"}}}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"url\":\"file:///x\",\"type\":\"http\"}}}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"command\":\"x\",\"headersHelper\":\"id\"}}}",
                "{\"subtype\":\"rename_session\",\"title\":\"two\\nlines\"}",
                "{\"subtype\":\"initialize\",\"jsonSchema\":{\"type\":\"object\"}}",
                "{\"subtype\":\"initialize\",\"agents\":{\"a\":{\"prompt\":\"x\"}}}",
                "{\"subtype\":\"initialize\",\"systemPrompt\":[\"Be brief.\"]}",
                "{\"subtype\":\"initialize\",\"mcpServers\":{\"a\":{\"command\":\"x\"}}}",
                "{\"subtype\":\"initialize\",\"settings\":{\"permissions\":{\"allow\":[\"Bash\"]}}}",
                "{\"subtype\":\"initialize\",\"hooks\":{\"PreToolUse\":[{\"command\":\"id\"}]}}",
                "{\"subtype\":\"initialize\",\"hooks\":{\"PreToolUse\":[{\"hookCallbackIds\":[1]}]}}",
            })
    void unknownSubtypesAreRefusedWithACode(String request) throws Exception {
        assertThat(code(verdict(Role.OWNER, request)))
                .isIn("forbidden", "bad_request", "unsupported_request");
    }

    @Test
    void aGuestChangesNothingThatOutlastsItsOwnPrompt() throws Exception {
        for (String subtype : ControlRules.effects().keySet()) {
            if (ControlRules.subtypesFor(Role.GUEST).contains(subtype)) {
                continue;
            }
            assertThat(code(verdict(Role.GUEST, "{\"subtype\":\"" + subtype + "\"}")))
                    .as(subtype)
                    .isEqualTo("forbidden");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"effortLevel\":\"high\"}}",
                "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"effortLevel\":null}}",
                "{\"subtype\":\"set_max_thinking_tokens\",\"max_thinking_tokens\":null}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{}}",
                "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"command\":\"x\","
                    + "\"args\":[\"y\"]},\"b\":{\"type\":\"http\",\"url\":\"https://example.org/mcp\"}}}",
                "{\"subtype\":\"file_suggestions\",\"query\":\"\"}",
                "{\"subtype\":\"initialize\"}",
                // Sent by the published SDK if its user has chosen nothing.
                "{\"subtype\":\"initialize\",\"hooks\":null,\"systemPrompt\":[\"\"],"
                        + "\"sdkMcpServers\":[],\"agents\":{},\"promptSuggestions\":false}",
                "{\"subtype\":\"initialize\",\"hooks\":{\"PreToolUse\":[{\"matcher\":null,"
                    + "\"hookCallbackIds\":[\"h\"],\"timeout\":5}]},\"sdkMcpServers\":[\"board\"]}",
            })
    void validRequestsAreAllowed(String request) throws Exception {
        assertThat(code(verdict(Role.OWNER, request))).isEqualTo("passed");
    }

    @Test
    void secretsAreRemovedFromSettings() throws Exception {
        ObjectNode said =
                Json.parseObject(
                        """
                        {"effective":{"apiKeyHelper":"/bin/key","model":"opus",
                         "env":{"A":"sk-1"},"mcp":[{"headers":{"X":"sk-2"},"authToken":"sk-3",
                         "url":"https://a"}],"maxTokens":5,"password":"sk-4"}}\
                        """
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(SecretMask.mask(said).toString())
                .doesNotContain("sk-", "/bin/key")
                .contains("opus", "https://a", "\"maxTokens\":5");
        assertThat(said.toString()).contains("sk-1");
    }

    @Test
    void savedRequestsAreMergedAndSecretsAreNotJournaled() throws Exception {
        SavedControlRequests kept = SavedControlRequests.NONE;
        for (String request :
                new String[] {
                    "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"effortLevel\":\"low\"}}",
                    "{\"subtype\":\"apply_flag_settings\",\"settings\":{\"alwaysThinkingEnabled\":true}}",
                    "{\"subtype\":\"mcp_set_servers\",\"servers\":{\"a\":{\"command\":\"x\","
                            + "\"env\":{\"K\":\"sk-1\"}},\"b\":{\"command\":\"y\"}}}",
                }) {
            kept = kept.with(Json.parseObject(request.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(kept.requests()).hasSize(2);
        String written = kept.addTo("{}");
        assertThat(written)
                .contains("low", "alwaysThinkingEnabled", "\"y\"")
                .doesNotContain("sk-1");
        assertThat(SavedControlRequests.fromOptions(written).requests()).hasSize(2);
        assertThat(
                        SavedControlRequests.fromOptions(
                                        "{\"controls\":[{\"subtype\":\"set_cwd\",\"path\":\"/\"}]}")
                                .isEmpty())
                .isTrue();
    }
}
