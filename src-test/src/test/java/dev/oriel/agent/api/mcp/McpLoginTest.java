package dev.oriel.agent.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.oriel.account.OwnerFileKeyStore;
import dev.oriel.agent.api.tool.ToolOutcome;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.LoopbackMcpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins to MCP servers that expire, are renewed, or are refused.
class McpLoginTest {
    @TempDir Path folder;

    private McpTestAgent open(LoopbackMcpServer server) throws Exception {
        return new McpTestAgent(
                folder,
                Json.object().put("type", "http").put("url", server.url()),
                new OwnerFileKeyStore(folder.resolve("logins.json")));
    }

    /// Visits the page of the login, which sends the browser back at once.
    static void logIn(String address) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            var page =
                    browser.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.discarding());
            String back = page.headers().firstValue("location").orElseThrow();
            var reply =
                    browser.send(
                            HttpRequest.newBuilder(URI.create(back)).build(),
                            BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
        }
    }

    private static void logIn(McpTestAgent agent) throws Exception {
        agent.awaitStatus("needs-auth");
        logIn(agent.control("mcp_authenticate").path("authUrl").asText());
        agent.awaitStatus("connected");
    }

    @Test
    void aTokenThatIsRefusedInACallIsRenewed() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin();
                McpTestAgent agent = open(server)) {
            logIn(agent);
            server.expire();

            ToolOutcome outcome = agent.call("mcp__notes__add", Json.object());

            assertThat(outcome.content().asText()).isEqualTo("Done");
            assertThat(server.refreshes()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("logins.json")))
                    .contains("loopback-token2", "again2")
                    .doesNotContain("loopback-token1");
        }
        try (LoopbackMcpServer other = LoopbackMcpServer.startWithLogin();
                McpTestAgent agent = open(other)) {
            // The login of one server is not sent to another.
            agent.awaitStatus("needs-auth");
        }
    }

    @Test
    void aLoginThatCannotBeRenewedIsNeededAgain() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin();
                McpTestAgent agent = open(server)) {
            logIn(agent);
            server.expire();
            server.refuseRefresh();

            ToolOutcome outcome = agent.call("mcp__notes__add", Json.object());

            assertThat(outcome).isInstanceOf(ToolOutcome.Fail.class);
            assertThat(outcome.content().asText()).contains("requires a login");
            assertThat(agent.status().path("status").asText()).isEqualTo("needs-auth");
            assertThat(agent.tools()).isEmpty();
            logIn(agent);
            assertThat(agent.call("mcp__notes__add", Json.object()).content().asText())
                    .isEqualTo("Done");
        }
    }

    @Test
    void aLoginHoldsForLaterAgents() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin()) {
            try (McpTestAgent first = open(server)) {
                logIn(first);
            }
            try (McpTestAgent second = open(server)) {
                second.awaitStatus("connected");
            }
            server.expire();
            try (McpTestAgent third = open(server)) {
                third.awaitStatus("connected");
                assertThat(server.refreshes()).isEqualTo(1);
            }
        }
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        AtomicInteger visits = new AtomicInteger();
        HttpServer inner = http();
        inner.createContext(
                "/",
                call -> {
                    visits.incrementAndGet();
                    call.sendResponseHeaders(404, -1);
                });
        HttpServer outer = http();
        outer.createContext(
                "/",
                call -> {
                    call.getResponseHeaders().set("Location", address(inner));
                    call.sendResponseHeaders(307, -1);
                });
        ObjectNode server = Json.object().put("type", "http").put("url", address(outer));
        server.putObject("headers").put("X-Key", "secret");
        try (McpTestAgent agent = new McpTestAgent(folder, server, null)) {
            agent.awaitStatus("failed");
            assertThat(visits).hasValue(0);
        } finally {
            inner.stop(0);
            outer.stop(0);
        }
    }

    private static HttpServer http() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
    }

    @Test
    void aServerWithoutAStoreHasNoLogin() throws Exception {
        try (LoopbackMcpServer server = LoopbackMcpServer.startWithLogin();
                McpTestAgent agent =
                        new McpTestAgent(
                                folder,
                                Json.object().put("type", "http").put("url", server.url()),
                                null)) {
            agent.awaitStatus("needs-auth");
            assertThatThrownBy(() -> agent.control("mcp_authenticate"))
                    .hasMessage("This MCP server has no login.");
        }
    }
}
