package dev.oriel.dialect.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.oriel.agent.AgentLaunch.Conversation;
import dev.oriel.agent.AgentOptions;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A client can use its own sessions only, and its options apply to its own queries only.
class SessionOwnershipSocketTest extends EnhancedServerFixture {
    private static final byte[] SECRET =
            "a secret of at least thirty-two bytes".getBytes(StandardCharsets.UTF_8);

    private RunningServer server;

    @BeforeEach
    void start() {
        server =
                start(c ->
                        c.withDialects(
                                c.dialects()
                                        .withEnhanced(
                                                c.dialects()
                                                        .enhanced()
                                                        .withJwt(new JwtCheck(SECRET)))));
    }

    private NativeClient as(String subject) {
        try {
            var jwt =
                    new SignedJWT(
                            new JWSHeader(JWSAlgorithm.HS256),
                            new JWTClaimsSet.Builder()
                                    .subject(subject)
                                    .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                                    .build());
            jwt.sign(new MACSigner(SECRET));
            NativeClient client =
                    closing(
                            NativeClient.connect(
                                    server.port(), "/enhanced/ws?token=" + jwt.serialize()));
            client.await("connection_established");
            return client;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A session of the window with a conversation in the test's folder.
    private UUID ownersSession() throws Exception {
        UUID id = server.newSession();
        NativeClient window = closing(server.subscribe(id, null));
        window.sendPrompt("mine");
        ScriptedAgent agent = agents.awaitAgent(0, 1);
        agent.emitInit();
        agent.emitResult();
        window.await("result");
        return id;
    }

    private static ObjectNode bash(String name, Object value) {
        return Json.object()
                .<ObjectNode>set("allowed_tools", Json.mapper().valueToTree(List.of("Bash")))
                .<ObjectNode>set(name, Json.mapper().valueToTree(value));
    }

    @Test
    void continuingDoesNotReachTheOwnersSession() throws Exception {
        UUID owners = ownersSession();
        for (NativeClient guest : List.of(as("ada"), connect(server))) {
            int before = agents.agents().size();
            sendQuery(guest, "go on", bash("continue_conversation", true));
            ScriptedAgent agent = agents.awaitAgent(before, 1);
            assertThat(agent.launch().conversation()).isInstanceOf(Conversation.Fresh.class);
            emitTurn(agent, "fine");
            guest.await("query_end");
        }
        assertThat(agents.awaitAgent(0, 1).prompts()).hasSize(1);
        NativeClient window = closing(server.subscribe(owners, null));
        window.sendPrompt("still mine");
        assertThat(agents.awaitAgent(0, 2).launch().options()).isEqualTo(AgentOptions.NONE);
    }

    @Test
    void resumingDoesNotReachTheOwnersSessionEither() throws Exception {
        UUID owners = ownersSession();
        for (NativeClient guest : List.of(as("ada"), connect(server))) {
            // The id of the agent's conversation is that of the session.
            sendQuery(guest, "go on", bash("resume", owners.toString()));
            assertThat(errorOf(nth(guest, 1, "error"))).contains("no conversation of yours");
        }
        NativeClient guest = as("ada");
        sendQuery(guest, "go on", bash("resume", UUID.randomUUID().toString()));
        assertThat(errorOf(nth(guest, 1, "error"))).contains("no conversation of yours");
        assertThat(agents.agents()).hasSize(1);
    }

    @Test
    void twoSubjectsHaveNothingInCommon() {
        NativeClient ada = as("ada");
        sendQuery(ada, "one");
        ScriptedAgent first = agents.awaitAgent(0, 1);
        emitTurn(first, "1");
        ada.await("query_end");
        String conversation = first.launch().conversation().id().toString();
        NativeClient bob = as("bob");
        sendQuery(bob, "go on", Json.object().put("resume", conversation));
        assertThat(errorOf(nth(bob, 1, "error"))).contains("no conversation of yours");
        sendQuery(bob, "go on", Json.object().put("continue_conversation", true));
        emitTurn(agents.awaitAgent(1, 1), "2");
        bob.await("query_end");
        NativeClient again = as("ada");
        sendQuery(again, "go on", Json.object().put("continue_conversation", true));
        assertThat(agents.awaitAgent(0, 2)).isEqualTo(first);
    }

    @Test
    void theOptionsOfAQueryApplyToThatQueryOnly() throws Exception {
        NativeClient guest = as("ada");
        sendQuery(guest, "one", bash("permission_mode", "acceptEdits"));
        ScriptedAgent first = agents.awaitAgent(0, 1);
        assertThat(first.launch().options().allowedTools()).containsExactly("Bash");
        assertThat(first.launch().permissionMode()).isEqualTo("acceptEdits");
        first.emit(
                "{\"type\":\"system\",\"subtype\":\"status\",\"permissionMode\":\"acceptEdits\"}");
        emitTurn(first, "1");
        guest.await("query_end");
        UUID id =
                UUID.fromString(
                        Json.mapper()
                                .readTree(server.call("GET", "/v1/sessions", null).body())
                                .at("/sessions/0/id")
                                .asText());
        NativeClient window = closing(server.subscribe(id, null));
        window.sendPrompt("the owner's own");
        ScriptedAgent second = agents.awaitAgent(1, 1);
        assertThat(second.launch().options()).isEqualTo(AgentOptions.NONE);
        assertThat(second.launch().permissionMode()).isNull();
        second.emitInit();
        second.emitResult();
        window.await("result");
        sendQuery(guest, "two", bash("permission_mode", "acceptEdits"));
        assertThat(agents.awaitAgent(2, 1).launch().options().allowedTools())
                .containsExactly("Bash");
    }
}
