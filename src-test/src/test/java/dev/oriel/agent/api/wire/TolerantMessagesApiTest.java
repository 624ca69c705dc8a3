package dev.oriel.agent.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.Account;
import dev.oriel.account.Accounts;
import dev.oriel.account.SecretText;
import dev.oriel.agent.api.cancel.CancelScope;
import dev.oriel.agent.api.wire.WireSamples.Events;
import dev.oriel.message.Json;
import dev.oriel.testing.api.FakeApi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Servers that lack features of the Messages API.
class TolerantMessagesApiTest {
    private static final String IMAGE =
            """
            {"role":"user","content":[{"type":"text","text":"look"},\
            {"type":"image","source":{"type":"base64","data":"aGk="}},\
            {"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{}}],\
            "cache_control":{"type":"ephemeral"}}]}\
            """;

    private static final ApiRequest REQUEST =
            new ApiRequest(
                    "local",
                    100,
                    List.of(marked("text")),
                    List.of(marked("tool")),
                    List.of(IMAGE.getBytes(StandardCharsets.UTF_8)),
                    Json.object().put("type", "adaptive"),
                    "high",
                    Json.object().put("type", "auto"));

    private final FakeApi server = new FakeApi();

    @Test
    void aRefusedFeatureIsLeftOutSaidOnceAndRemembered() throws Exception {
        OneAccount accounts = accounts(Account.Kind.LOCAL, List.of());
        MessagesApi api = api(accounts);
        server.fails(refusal(400, "\"local\" does not support thinking"))
                .fails(refusal(400, "\"local\" does not support tools"))
                .text("Hello");
        assertThat(stream(api))
                .containsExactly(
                        "This model does not think before it answers.",
                        "This model has no tools: it can neither read files nor run commands.");
        ApiRequest last = server.requests().getLast();
        assertThat(last.thinking()).isNull();
        assertThat(last.effort()).isNull();
        assertThat(last.tools()).isEmpty();
        assertThat(last.toolChoice()).isNull();
        assertThat(accounts.list().getFirst().lacks())
                .containsExactlyInAnyOrder("thinking", "tools");

        server.text("Again");
        assertThat(stream(api)).isEmpty();
        assertThat(server.requests()).hasSize(4);

        server.text("In a later session");
        assertThat(stream(api(accounts))).isEmpty();
        assertThat(server.requests()).hasSize(5);
        assertThat(server.requests().getLast().tools()).isEmpty();
    }

    @Test
    void imagesAreReplacedByTextAndCacheMarkersRemoved() throws Exception {
        MessagesApi api = api(accounts(Account.Kind.LOCAL, List.of("images", "cache_control")));
        server.text("Hello");
        assertThat(stream(api)).isEmpty();
        ApiRequest sent = server.requests().getLast();
        String message = new String(sent.messages().getFirst(), StandardCharsets.UTF_8);
        assertThat(message)
                .doesNotContain("base64", "cache_control", "\"image\"")
                .contains("\"look\"", "Left out: image");
        assertThat(sent.system().getFirst().has("cache_control")).isFalse();
        assertThat(sent.tools().getFirst().has("cache_control")).isFalse();
        assertThat(REQUEST.tools().getFirst().has("cache_control")).isTrue();
        assertThat(sent.thinking()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "400,messages.3: tool_use ids were found without tool_result blocks",
        "400,prompt is too long: 210000 tokens",
        "401,this key does not support tools",
        "429,tools are not supported at this rate",
        "529,Overloaded"
    })
    void otherErrorsAreReported(int status, String text) {
        MessagesApi api = api(accounts(Account.Kind.GATEWAY, List.of()));
        server.fails(refusal(status, text));
        assertThatThrownBy(() -> stream(api)).isInstanceOf(ApiException.class).hasMessage(text);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anthropicsServerLacksNothing() {
        MessagesApi api = api(accounts(Account.Kind.ANTHROPIC, List.of("tools")));
        server.fails(refusal(400, "thinking is not supported"));
        assertThatThrownBy(() -> stream(api)).isInstanceOf(ApiException.class);
        assertThat(server.requests()).singleElement().isEqualTo(REQUEST);
    }

    @Test
    void aServerThatRefusesEverythingIsNotAskedForEver() {
        OneAccount accounts = accounts(Account.Kind.LOCAL, List.of());
        MessagesApi api = api(accounts);
        for (int i = 0; i < 10; i++) {
            server.fails(
                    refusal(
                            400,
                            "not supported: tools, thinking, images, documents, cache_control"));
        }
        assertThatThrownBy(() -> stream(api)).isInstanceOf(ApiException.class);
        assertThat(server.requests()).hasSize(6);
        assertThat(accounts.list().getFirst().lacks()).isEmpty();
    }

    private static List<String> stream(MessagesApi api) throws ApiException {
        return api.stream(REQUEST, new CancelScope(), new Events());
    }

    private MessagesApi api(OneAccount accounts) {
        return new TolerantMessagesApi(server, accounts.list().getFirst(), accounts);
    }

    private static OneAccount accounts(Account.Kind kind, List<String> lacks) {
        return new OneAccount(WireSamples.account("http://127.0.0.1:1", kind, lacks));
    }

    private static ApiException refusal(int status, String text) {
        return new ApiException(
                ApiException.Kind.STATUS, status, "invalid_request_error", text, null, null);
    }

    private static ObjectNode marked(String type) {
        ObjectNode json = Json.object().put("type", type);
        json.putObject("cache_control").put("type", "ephemeral");
        return json;
    }

    /// One account in memory.
    private static final class OneAccount implements Accounts {
        private Account account;

        OneAccount(Account account) {
            this.account = account;
        }

        @Override
        public List<Account> list() {
            return List.of(account);
        }

        @Override
        public @Nullable SecretText key(Account of) {
            return null;
        }

        @Override
        public Map<String, SecretText> secretHeaders(Account of) {
            return Map.of();
        }

        @Override
        public void addLack(Account of, String feature) {
            List<String> lacks = new ArrayList<>(account.lacks());
            lacks.add(feature);
            account = account.withLacks(lacks);
        }
    }
}
