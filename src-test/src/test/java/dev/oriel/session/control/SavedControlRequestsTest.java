package dev.oriel.session.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.session.api.ThinkingSettings;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Which control requests later agents of a session get, and which are journaled.
class SavedControlRequestsTest {
    private static final String ON = "{'subtype':'mcp_toggle','serverName':'a','enabled':true}";
    private static final String OFF = "{'subtype':'mcp_toggle','serverName':'a','enabled':false}";
    private static final String OTHER = "{'subtype':'mcp_toggle','serverName':'b','enabled':false}";

    private static ObjectNode json(String text) throws Exception {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static SavedControlRequests saved(String... requests) throws Exception {
        SavedControlRequests all = SavedControlRequests.NONE;
        for (String request : requests) {
            all = all.with(json(request));
        }
        return all;
    }

    @Test
    void theLastRequestForASettingCountsAndComesLast() throws Exception {
        assertThat(saved(ON, OTHER, OFF).requests()).containsExactly(json(OTHER), json(OFF));
    }

    @Test
    void aSettingThatALaterRequestDoesNotNameIsKept() throws Exception {
        assertThat(
                        saved(
                                        "{'subtype':'apply_flag_settings','settings':{'a':1,'b':2}}",
                                        "{'subtype':'apply_flag_settings','settings':{'b':null}}")
                                .requests())
                .containsExactly(
                        json("{'subtype':'apply_flag_settings','settings':{'a':1,'b':null}}"));
    }

    @Test
    void neitherTheCallerNorTheResultSharesAnObjectWithIt() throws Exception {
        ObjectNode given = json(ON);
        SavedControlRequests all = SavedControlRequests.NONE.with(given);
        given.put("enabled", false);
        all.requests().getFirst().put("enabled", false);
        assertThat(all.requests()).containsExactly(json(ON));
        assertThat(SavedControlRequests.NONE.isEmpty()).as("unchanged").isTrue();
        assertThat(all.isEmpty()).isFalse();
    }

    @Test
    void theLengthIsThatOfAllRequests() throws Exception {
        assertThat(saved(ON, OTHER).length()).isEqualTo(ON.length() + OTHER.length());
        assertThat(SavedControlRequests.NONE.length()).isZero();
    }

    @Test
    void theJournaledFormIsReadAgain() throws Exception {
        SavedControlRequests all = saved(ON, OTHER);
        String options = all.addTo("{\"keep\":1}");
        assertThat(json(options).path("keep").asInt()).isEqualTo(1);
        assertThat(SavedControlRequests.fromOptions(options)).isEqualTo(all).hasSameHashCodeAs(all);
        assertThat(all).isNotEqualTo(saved(ON)).isNotEqualTo("other");
        assertThat(SavedControlRequests.NONE.addTo("{}")).isEqualTo("{}");
        assertThat(SavedControlRequests.fromOptions(null).isEmpty()).isTrue();
        assertThatThrownBy(() -> SavedControlRequests.fromOptions("no json"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestWhoseServersAllHaveSecretsIsNotJournaled() throws Exception {
        SavedControlRequests secret =
                saved(
                        "{'subtype':'mcp_set_servers','servers':{'a':{'type':'http',"
                                + "'url':'https://e.org','headers':{'X':'sk-1'}}}}");
        assertThat(secret.addTo("{}")).isEqualTo("{}");
        assertThat(secret.requests()).as("but kept in memory").hasSize(1);
        SavedControlRequests none = saved("{'subtype':'mcp_set_servers','servers':{}}");
        assertThat(none.addTo("{}")).contains("mcp_set_servers");
    }

    @Test
    void theThinkingIsWhatTheLastRequestsSay() throws Exception {
        assertThat(SavedControlRequests.NONE.thinking()).isEqualTo(ThinkingSettings.DEFAULT);
        SavedControlRequests high = SavedControlRequests.NONE.withEffort("high");
        assertThat(high.thinking()).isEqualTo(new ThinkingSettings("high", null));
        SavedControlRequests limited =
                high.with(json("{'subtype':'set_max_thinking_tokens','max_thinking_tokens':4000}"));
        assertThat(SavedControlRequests.fromOptions(limited.addTo("{}")).thinking())
                .isEqualTo(new ThinkingSettings("high", 4_000));
        SavedControlRequests reset =
                limited.with(
                                json(
                                        "{'subtype':'set_max_thinking_tokens',"
                                                + "'max_thinking_tokens':null}"))
                        .with(
                                json(
                                        "{'subtype':'apply_flag_settings',"
                                                + "'settings':{'effortLevel':null}}"));
        assertThat(reset.thinking()).isEqualTo(ThinkingSettings.DEFAULT);
        assertThatThrownBy(() -> high.withEffort("gigantic"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
