package dev.oriel.dialect.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A posted configuration is returned without its keys.
class ConfigRedactionTest {
    private static String shown(String json) throws Exception {
        return ConfigRedaction.redact(Json.mapper().readTree(json)).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropicApiKey",
                "authToken",
                "ANTHROPIC_AUTH_TOKEN",
                "Authorization",
                "proxy-authorization",
                "password",
                "dbPassword",
                "OPENAI_API_KEY",
                "api-key",
                "x-api-key",
                "api.key",
                "client_secret",
                "secretAccessKey",
                "private_key",
                "credentials",
                "Cookie",
                "token",
                "refreshToken",
                "PASSWD",
                "passphrase",
                "bearer",
                "signingKey",
                "auth",
                "pwd",
            })
    void aMemberWithTheNameOfAKeyIsOmittedAtAnyDepth(String name) throws Exception {
        String member = "\"" + name + "\":";
        assertThat(shown("{" + member + "\"xyzzy\",\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(shown("[{\"a\":[{\"b\":{" + member + "[\"xyzzy\"]}}]}]"))
                .isEqualTo("[{\"a\":[{\"b\":{}}]}]");
        assertThat(shown("{" + member + "{\"value\":\"xyzzy\"}}")).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"env\":{\"LICENCE\":\"xyzzy\"}}",
                "{\"mcpServers\":{\"a\":{\"headers\":{\"X-Tenant\":\"xyzzy\"}}}}",
                "{\"Headers\":[[\"X-Tenant\",\"xyzzy\"]]}",
                "{\"env\":[\"LICENCE=xyzzy\"]}",
                "{\"args\":[\"--api-key\",\"xyzzy\"]}",
                "{\"args\":[\"--token=xyzzy\"]}",
                "{\"args\":[\"-e\",\"DB_PASSWORD=xyzzy\"]}",
                "{\"args\":[\"-H\",\"Authorization: Bearer xyzzy\"]}",
                "{\"args\":[\"-H\",\"Authorization: xyzzy\"]}",
                "{\"url\":\"https://me:xyzzy@host/x\"}",
                "{\"url\":\"https://host/x?a=b&access_token=xyzzy&c=d\"}",
                "{\"url\":\"https://host/x?key=xyzzy\"}",
                "{\"note\":\"use sk-ant-xyzzy-0123456789 please\"}",
                "{\"note\":\"ghp_xyzzy0123456789\"}",
                "{\"note\":\"eyJxyzzy.eyJxyzzy.xyzzy\"}",
                "{\"note\":\"Bearer xyzzy0123\"}",
                "{\"note\":\"-----BEGIN RSA PRIVATE KEY-----\\nxyzzy\\n-----END RSA PRIVATE"
                        + " KEY-----\"}",
                "{\"settings\":\"{\\\"apiKey\\\":\\\"xyzzy\\\"}\"}",
                "{\"byKey\":{\"sk-xyzzy-0123456789\":1}}",
                "\"password=xyzzy\"",
            })
    void aKeyInAnotherMemberIsMasked(String config) throws Exception {
        assertThat(shown(config)).doesNotContain("xyzzy");
    }

    @Test
    void membersWithoutKeysAreReturnedUnchanged() throws Exception {
        String config =
                "{\"model\":\"m\",\"allowedTools\":[\"Read\",\"Bash(git log:*)\"],"
                    + "\"maxThinkingTokens\":1000,\"maxTurns\":null,\"token\":null,\"systemPrompt\":\"Review"
                    + " the code. Ask where it is unclear.\","
                    + "\"agents\":{\"monitor\":{\"description\":\"d\",\"prompt\":\"p\"}},"
                    + "\"mcpServers\":{\"a\":{\"type\":\"http\",\"url\":\"https://host/mcp?a=b\"}},"
                    + "\"n\":[1,2.5,true,[]]}";
        assertThat(shown(config)).isEqualTo(config);
    }

    @Test
    void secretParentsKeepTheNamesOfTheirMembers() throws Exception {
        assertThat(shown("{\"env\":{\"A\":\"b\",\"N\":1,\"O\":null}}"))
                .isEqualTo("{\"env\":{\"A\":\"***\",\"N\":\"***\",\"O\":null}}");
    }

    @Test
    void aVeryLongTextIsSearchedQuickly() throws Exception {
        String text = "a.key-".repeat(50_000) + " " + "x".repeat(200_000);
        assertThat(shown("\"" + text + "\"")).hasSizeGreaterThan(400_000);
    }
}
