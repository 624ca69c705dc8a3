package dev.oriel.agent.api.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.agent.api.mcp.login.OAuthLogin;
import dev.oriel.message.ControlSubtype;
import dev.oriel.message.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers the control requests about MCP servers. Thread-safe; answers may block for as long as a
/// server takes to connect.
final class McpControls implements AutoCloseable {
    private final McpConnections servers;
    private final Map<String, OAuthLogin> logins = new ConcurrentHashMap<>(); // by server

    McpControls(McpConnections servers) {
        this.servers = servers;
    }

    /// @param request the inner request, with its `subtype`
    /// @return the inner response; null if the request is not about MCP servers
    /// @throws IllegalArgumentException if it names a server that does not exist, or cannot be
    ///   done; the message is for the user
    @Nullable ObjectNode answer(ObjectNode request) {
        switch (request.path("subtype").asText()) {
            case "mcp_status" -> {
                servers.start(); // the user wants to see the servers before the first prompt
                ObjectNode reply = Json.object();
                ArrayNode list = reply.putArray("mcpServers");
                servers.all().forEach(s -> list.add(s.toJson()));
                return reply;
            }
            case ControlSubtype.MCP_RECONNECT -> reconnect(find(request));
            case ControlSubtype.MCP_TOGGLE -> {
                McpConnection server = find(request);
                if (request.path("enabled").asBoolean()) {
                    servers.turnOn(server);
                } else {
                    server.close();
                }
            }
            case ControlSubtype.MCP_AUTHENTICATE -> {
                return startLogin(find(request));
            }
            case ControlSubtype.MCP_OAUTH_CALLBACK_URL ->
                    finishLogin(find(request), request.path("callbackUrl").asText());
            case ControlSubtype.MCP_CLEAR_AUTH -> logOut(find(request));
            case ControlSubtype.MCP_SET_SERVERS -> {
                return servers.setServers(request.path("servers"));
            }
            default -> {
                return null;
            }
        }
        return Json.object();
    }

    private McpConnection find(ObjectNode request) {
        String name = request.path("serverName").asText();
        return servers.all().stream()
                .filter(s -> s.config().name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("There is no MCP server “" + name + "”."));
    }

    private static void reconnect(McpConnection server) {
        if (!server.isApproved()) {
            throw new IllegalArgumentException(
                    "The MCP server “%s” was not approved. Turn it on to be asked again."
                            .formatted(server.config().name()));
        }
        server.connect();
    }

    private ObjectNode startLogin(McpConnection server) {
        try {
            OAuthLogin login = server.login();
            if (login == null) {
                throw new IllegalArgumentException("This MCP server has no login.");
            }
            OAuthLogin before = logins.put(server.config().name(), login);
            if (before != null) {
                before.close();
            }
            return Json.object().put("authUrl", login.address()).put("callbackExpected", true);
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("The login was cancelled.", e);
        }
    }

    private void finishLogin(McpConnection server, String address) {
        OAuthLogin login = logins.get(server.config().name());
        if (login == null) {
            throw new IllegalArgumentException("No login to this MCP server was started.");
        }
        try {
            login.finish(address);
            logins.remove(server.config().name(), login);
            login.close();
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("The login was cancelled.", e);
        }
    }

    private static void logOut(McpConnection server) {
        try {
            server.logOut();
        } catch (IOException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Ends the logins that were started.
    @Override
    public void close() {
        logins.values().forEach(OAuthLogin::close);
    }
}
