package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.message.Message;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What all subscribers learn of a client's control request.
class ControlAnnouncementTest {
    private static Message announced(String request) throws Exception {
        ObjectNode json =
                Json.parseObject(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return ControlAnnouncement.of(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'subtype':'apply_flag_settings','settings':{'effortLevel':'low','outputStyle':null}}|Settings"
                    + " changed: effort low, output style default",
                "{'subtype':'apply_flag_settings','settings':{'alwaysThinkingEnabled':true,'x':1}}"
                        + "|Settings changed: thinking true, x 1",
                "{'subtype':'apply_flag_settings','settings':{}}|Settings changed: none",
                "{'subtype':'set_max_thinking_tokens','max_thinking_tokens':5}"
                        + "|Thinking limited to 5 tokens",
                "{'subtype':'set_max_thinking_tokens','max_thinking_tokens':null}"
                        + "|Thinking limit: default",
                "{'subtype':'mcp_set_servers','servers':{}}|MCP servers of this session: none",
                "{'subtype':'mcp_set_servers','servers':{'a':{'command':'x','args':['y','z']},"
                        + "'b':{'type':'http','url':'https://e.org'}}}"
                        + "|MCP servers of this session: a (x y z), b (https://e.org)",
                "{'subtype':'mcp_toggle','serverName':'a','enabled':true}|MCP server a turned on",
                "{'subtype':'mcp_toggle','serverName':'a','enabled':false}|MCP server a turned off",
                "{'subtype':'mcp_authenticate','serverName':'a'}|Login to MCP server a started",
                "{'subtype':'mcp_oauth_callback_url','serverName':'a'}|Logged in to MCP server a",
                "{'subtype':'mcp_clear_auth','serverName':'a'}|Logged out of MCP server a",
                "{'subtype':'from_the_future'}|Changed: from_the_future"
            })
    void theTextNamesTheChange(String request, String text) throws Exception {
        Message announced = announced(request);
        assertThat(announced.is("system", "oriel_control")).isTrue();
        assertThat(announced.tree().path("text").asText()).isEqualTo(text);
    }

    @Test
    void itIsJournaledUnderAUuidOfItsOwnAndWithoutSecrets() throws Exception {
        String request =
                "{'subtype':'mcp_set_servers','servers':{'a':{'command':'x','env':{'K':'sk-1'}}}}";
        Message announced = announced(request);
        assertThat(announced.isLiveOnly()).isFalse();
        assertThat(announced.uuid()).isNotNull().isNotEqualTo(announced(request).uuid());
        assertThat(announced.toString()).doesNotContain("sk-1");
        assertThat(announced.tree().at("/request/servers/a/command").asText()).isEqualTo("x");
    }

    @Test
    void theCodeOfALoginIsNotJournaled() throws Exception {
        Message announced =
                announced(
                        "{'subtype':'mcp_oauth_callback_url','serverName':'a',"
                                + "'callbackUrl':'http://localhost:1/callback?code=sk-1'}");
        assertThat(announced.toString()).contains("callbackUrl").doesNotContain("sk-1");
    }

    @Test
    void aLongTextIsTruncatedBetweenCharacters() throws Exception {
        String text =
                announced("{'subtype':'" + "🙂".repeat(3_000) + "'}").tree().path("text").asText();
        assertThat(text.codePointCount(0, text.length())).isEqualTo(2_001);
        assertThat(text).endsWith("🙂…");
    }

    @Test
    void anEllipsisIsAddedOnlyIfTextWasCutOff() throws Exception {
        String smiles = "🙂".repeat(2_000 - "Changed: ".length());
        assertThat(announced("{'subtype':'" + smiles + "'}").tree().path("text").asText())
                .isEqualTo("Changed: " + smiles);
        assertThat(announced("{'subtype':'" + smiles + "x'}").tree().path("text").asText())
                .isEqualTo("Changed: " + smiles + "…");
    }
}
