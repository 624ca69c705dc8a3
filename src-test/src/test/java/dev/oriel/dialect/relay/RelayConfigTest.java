package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.agent.AgentOptions.SystemPrompt;
import dev.oriel.agent.AgentSecrets;
import dev.oriel.dialect.files.WorkFolder;
import dev.oriel.message.Json;
import dev.oriel.session.api.BadRequestException;
import dev.oriel.session.api.SessionSpec;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayConfigTest {
    private static final WorkFolder FOLDER =
            new WorkFolder(Path.of("/proj"), Map.of("ANTHROPIC_AUTH_TOKEN", "from the file"));

    private static RelayConfig config(String json) throws Exception {
        return new RelayConfig(Json.mapper().readTree(json.replace('\'', '"')));
    }

    private static SessionSpec spec(String json) throws Exception {
        return config(json).toNewSession(FOLDER);
    }

    private static AgentSecrets secrets(String json) throws Exception {
        return spec(json).promptSettings(null).secrets();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|it must be an object",
                "{'model':1}|model must be a string",
                "{'cwd':'a\\u0000'}|cwd is not a path",
                "{'allowedTools':'Read'}|allowedTools must be an array of strings",
                "{'allowedTools':[1]}|allowedTools must be an array of strings",
                "{'agents':[]}|agents must be an object of agent definitions by name",
                "{'mcpServers':[]}|mcpServers must be an object of servers by name",
                "{'anthropicApiKey':{}}|anthropicApiKey must be a string",
            })
    void aMemberOfTheWrongTypeIsNamed(String json, String error) {
        assertThatThrownBy(() -> spec(json))
                .isInstanceOf(BadRequestException.class)
                .hasMessage(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'systemPrompt':1}",
                "{'systemPrompt':{}}",
                "{'systemPrompt':{'type':'preset','preset':'other'}}",
                "{'systemPrompt':{'type':'preset','preset':'claude_code','append':1}}"
            })
    void anUnknownSystemPromptIsRefused(String json) {
        assertThatThrownBy(() -> spec(json))
                .isInstanceOf(BadRequestException.class)
                .hasMessageStartingWith("systemPrompt must be a string or");
    }

    @Test
    void aSystemPromptReplacesTheAgentsOwnOrIsAppendedToIt() throws Exception {
        assertThat(spec("{'systemPrompt':'p'}").promptSettings(null).options().systemPrompt())
                .isEqualTo(new SystemPrompt.Replacement("p"));
        String preset = "{'systemPrompt':{'type':'preset','preset':'claude_code'%s}}";
        assertThat(
                        spec(preset.formatted(",'append':'a'"))
                                .promptSettings(null)
                                .options()
                                .systemPrompt())
                .isEqualTo(new SystemPrompt.Addition("a"));
        assertThat(spec(preset.formatted("")).promptSettings(null).options().systemPrompt())
                .isNull();
    }

    @Test
    void aPostedKeyReplacesEveryOtherCredential() throws Exception {
        assertThat(secrets("{}").variables())
                .isEqualTo(Map.of("ANTHROPIC_AUTH_TOKEN", "from the file"));
        assertThat(secrets("{'anthropicApiKey':'posted'}").variables())
                .isEqualTo(
                        Map.of(
                                "ANTHROPIC_API_KEY", "posted",
                                "ANTHROPIC_AUTH_TOKEN", "",
                                "CLAUDE_CODE_OAUTH_TOKEN", ""));
        assertThat(secrets("{'anthropicApiKey':' '}").variables()).doesNotContainValue(" ");
    }

    /// The CLI would refuse the whole conversation.
    @Test
    void anIncompleteAgentIsLeftOutWithAWarning() throws Exception {
        RelayConfig config =
                config(
                        "{'agents':{'whole':{'description':'d','prompt':'p'},"
                                + "'half':{'description':'d'}}}");
        SessionSpec spec = config.toNewSession(FOLDER);
        assertThat(spec.promptSettings(null).options().agents())
                .contains("whole")
                .doesNotContain("half");
        assertThat(config.warnings())
                .containsExactly(
                        "The agent half is left out: it must have a description and a prompt.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'program':{'type':'stdio','command':'rm'}",
                "'no_type':{'url':'http://x'}",
                "'file':{'type':'http','url':'file:///etc/passwd'}",
                "'oriel':{'type':'http','url':'http://x'}",
                "'a name':{'type':'http','url':'http://x'}",
                "'text':'http://x'"
            })
    void aServerThatIsNoneOfHttpIsLeftOutWithAWarning(String server) throws Exception {
        RelayConfig config =
                config("{'mcpServers':{'good':{'type':'sse','url':'https://x'}," + server + "}}");
        String servers = config.toNewSession(FOLDER).promptSettings(null).secrets().mcpServers();
        assertThat(servers).isEqualTo("{\"good\":{\"type\":\"sse\",\"url\":\"https://x\"}}");
        assertThat(config.warnings()).hasSize(1);
    }

    @Test
    void aServersHeadersAreKeptAndItsOtherMembersAreNot() throws Exception {
        assertThat(
                        secrets(
                                        "{'mcpServers':{'a':{'type':'http','url':'http://x',"
                                                + "'headers':{'h':'v'},'command':'rm'}}}")
                                .mcpServers())
                .contains("\"headers\":{\"h\":\"v\"}")
                .doesNotContain("command");
    }

    @Test
    void withoutServersTheAgentReceivesNoConfigurationOfThem() throws Exception {
        assertThat(secrets("{'mcpServers':{}}").mcpServers()).isNull();
    }
}
