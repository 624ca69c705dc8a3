package dev.oriel.dialect.sessions.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.account.StoredAccounts;
import dev.oriel.client.ClientException;
import dev.oriel.client.NewSessionRequest;
import dev.oriel.client.PromptOutbox;
import dev.oriel.client.ReconnectPolicy;
import dev.oriel.client.ServerAddress;
import dev.oriel.client.account.AccountCheck.Verdict;
import dev.oriel.client.account.AccountDraft;
import dev.oriel.client.account.AccountInfo;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.client.sessions.SessionsClient;
import dev.oriel.client.transport.Transport;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.EchoProvider;
import dev.oriel.testing.api.CannedHttpServer;
import dev.oriel.testing.server.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Accounts over HTTP, through the client library.
class AccountRoutesSocketTest {
    private static final String KEY = "sk-ant-canary-0123456789";

    @TempDir Path folder;
    private RunningServer server;
    private SessionsClient client;
    private AccountRequests accounts;

    @BeforeEach
    void start() throws Exception {
        server =
                RunningServer.in(
                        folder,
                        c ->
                                c.withDialects(
                                        c.dialects()
                                                .withAccounts(
                                                        StoredAccounts.in(c.dataDir(), null))),
                        new EchoProvider(),
                        new EchoProvider("api"));
        client =
                new SessionsClient(
                        ServerAddress.parse(server.server().url()),
                        () -> server.server().token(),
                        ReconnectPolicy.STANDARD,
                        PromptOutbox.inMemory(),
                        Transport.plaintext());
        accounts = client.accounts();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> call(String method, String path, String json) throws Exception {
        JsonNode body = json.isEmpty() ? null : Json.mapper().readTree(json.replace('\'', '"'));
        return server.call(method, path, body);
    }

    @Test
    void anAccountIsAddedChangedAndRemoved() {
        assertThat(accounts.list().join().accounts()).isEmpty();
        assertThat(accounts.list().join().keyStore()).isEqualTo("file");
        assertThat(accounts.list().join().keyStoreText()).contains("only your user can read");

        AccountInfo added = accounts.add(AccountDraft.anthropic(KEY)).join();
        assertThat(added)
                .isEqualTo(
                        new AccountInfo(
                                added.id(),
                                "Anthropic",
                                AccountInfo.Kind.ANTHROPIC,
                                "https://api.anthropic.com",
                                AccountInfo.Auth.API_KEY,
                                true,
                                "file",
                                true,
                                false,
                                null,
                                List.of(),
                                List.of()));

        AccountInfo changed =
                accounts.change(
                                added.id(),
                                AccountDraft.NOTHING
                                        .withName("Work")
                                        .withDefaultModel("m-1")
                                        .withHeaders(
                                                List.of(
                                                        new AccountDraft.NewHeader(
                                                                "X-A", "1", false),
                                                        new AccountDraft.NewHeader(
                                                                "X-B", "canary", true))))
                        .join();
        assertThat(changed.name()).isEqualTo("Work");
        assertThat(changed.defaultModel()).isEqualTo("m-1");
        assertThat(changed.headers())
                .containsExactly(
                        new AccountInfo.Header("X-A", "1"), new AccountInfo.Header("X-B", null));
        assertThat(accounts.list().join().accounts()).containsExactly(changed);

        accounts.remove(added.id()).join();
        assertThat(accounts.list().join().accounts()).isEmpty();
    }

    @Test
    void noReplyContainsAKey() throws Exception {
        HttpResponse<String> added =
                call("POST", "/v1/accounts", "{'kind':'anthropic','key':'" + KEY + "'}");
        String id = Json.mapper().readTree(added.body()).path("id").asText();

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(added.body()).doesNotContain("canary");
        assertThat(call("GET", "/v1/accounts", "").body()).doesNotContain("canary");
        assertThat(call("PATCH", "/v1/accounts/" + id, "{'key':'" + KEY + "2'}").body())
                .contains("\"has_key\":true")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/accounts | {'kind':'anthropic'} | 400 | bad_request",
                "POST | /v1/accounts | {'kind':'gateway','key':'k'} | 400 | bad_request",
                "POST | /v1/accounts/check | {'id':'nobody'} | 404 | not_found",
                "PATCH | /v1/accounts/nobody | {'name':'x'} | 404 | not_found",
                "DELETE | /v1/accounts/nobody | '' | 404 | not_found",
                "GET | /v1/accounts/a/b | '' | 404 | not_found",
                "PUT | /v1/accounts | {} | 405 | bad_request",
                "GET | /v1/accounts/check | '' | 405 | bad_request",
                "POST | /v1/local-servers | {} | 405 | bad_request",
                "POST | /v1/sessions | {'agent':'api','account':'no'} | 400 | bad_request",
                "POST | /v1/sessions | {'agent':'cli','account':'no'} | 400 | bad_request"
            })
    void whatIsNotPossibleHasAClearError(
            String method, String path, String body, int status, String code) throws Exception {
        HttpResponse<String> reply = call(method, path, body);

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(Json.mapper().readTree(reply.body()).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void aBodyThatIsNoJsonIsABadRequest() throws Exception {
        HttpResponse<String> reply =
                server.send(
                        HttpRequest.newBuilder(URI.create(server.server().url() + "/v1/accounts"))
                                .header("Authorization", "Bearer " + server.server().token())
                                .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"canary"))
                                .build());

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Proto, http, 403",
        "X-Forwarded-Proto, https, 200",
        "Forwarded, for=1.2.3.4;proto=http, 403",
        "Forwarded, for=1.2.3.4;proto=https, 200"
    })
    void aProxyMustReceiveThemOverTls(String header, String value, int status) throws Exception {
        HttpResponse<String> reply =
                server.send(
                        server.request("GET", "/v1/accounts", null)
                                .header("Authorization", "Bearer " + server.server().token())
                                .header(header, value)
                                .build());

        assertThat(reply.statusCode()).isEqualTo(status);
    }

    @Test
    void withoutTheTokenThereIsNothing() throws Exception {
        assertThat(server.send(server.request("GET", "/v1/accounts", null).build()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAccountIsCheckedBeforeAndAfterItIsStored() {
        try (CannedHttpServer api = CannedHttpServer.messagesApi("haiku-9")) {
            AccountDraft draft =
                    AccountDraft.NOTHING
                            .withKind(AccountInfo.Kind.GATEWAY)
                            .withBaseUrl(api.url() + "/v1")
                            .withKey(KEY);
            assertThat(accounts.check(null, draft).join().isOk()).isTrue();

            AccountInfo added = accounts.add(draft).join();
            assertThat(added.baseUrl()).isEqualTo(api.url());
            var check = accounts.check(added.id(), AccountDraft.NOTHING).join();

            assertThat(check.verdict()).isEqualTo(Verdict.OK);
            assertThat(check.models()).extracting("id").containsExactly("haiku-9");
            assertThat(api.requests().getLast().headers()).containsEntry("x-api-key", KEY);
            int requests = api.requests().size();
            assertThatThrownBy(() ->
                            accounts.check(
                                            added.id(),
                                            AccountDraft.NOTHING.withBaseUrl(
                                                    "http://localhost:" + api.port()))
                                    .join())
                    .hasCauseInstanceOf(ClientException.class)
                    .hasMessageContaining("Enter the key again");
            assertThat(api.requests()).hasSize(requests);
        }
    }

    @Test
    void aSessionKeepsItsAccount() throws Exception {
        AccountInfo first = accounts.add(AccountDraft.anthropic(KEY)).join();
        AccountInfo second =
                accounts.add(AccountDraft.local("http://localhost:11434").asDefault()).join();
        assertThat(second.preferred()).isTrue();

        var chosen = client.createSession(request("api", first.id())).join();
        var byDefault = client.createSession(request("api", null)).join();
        var other = client.createSession(request("cli", null)).join();

        assertThat(chosen.account()).isEqualTo(first.id());
        assertThat(byDefault.account()).isEqualTo(second.id());
        assertThat(other.account()).isNull();
        accounts.change(first.id(), AccountDraft.NOTHING.asDefault()).join();
        ObjectNode list =
                (ObjectNode) Json.mapper().readTree(call("GET", "/v1/sessions", "").body());
        assertThat(list.path("sessions").findValuesAsText("account"))
                .containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(client.renameSession(byDefault.id(), "Renamed").join().account())
                .isEqualTo(second.id());
    }

    @Test
    void aSessionIsSwitchedToAnotherAccount() throws Exception {
        AccountInfo first = accounts.add(AccountDraft.anthropic(KEY)).join();
        AccountInfo second = accounts.add(AccountDraft.local("http://localhost:11434")).join();
        String session =
                "/v1/sessions/" + client.createSession(request("api", first.id())).join().id();
        String cli = "/v1/sessions/" + client.createSession(request("cli", null)).join().id();
        accounts.remove(first.id()).join();

        var switched = call("PATCH", session, "{'account':'" + second.id() + "'}");

        assertThat(switched.statusCode()).isEqualTo(200);
        assertThat(Json.mapper().readTree(switched.body()).path("account").asText())
                .isEqualTo(second.id());
        var unknown = call("PATCH", session, "{'account':'" + first.id() + "'}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("account must be the id of an account");
        var other = call("PATCH", cli, "{'account':'" + second.id() + "'}");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("account is for the agent api only");
        assertThat(Json.mapper().readTree(call("GET", session, "").body()).path("account").asText())
                .isEqualTo(second.id());
    }

    private NewSessionRequest request(String agent, @Nullable String id) {
        return new NewSessionRequest(folder.toString(), agent, null, null, null, id);
    }
}
