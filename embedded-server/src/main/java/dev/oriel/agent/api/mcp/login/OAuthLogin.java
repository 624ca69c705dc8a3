package dev.oriel.agent.api.mcp.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One login to an MCP server: the user visits [#address()], and the browser returns to a port of
/// this computer with a code that is exchanged for tokens (authorization code with PKCE).
///
/// **Life cycle.** [#start] opens the port; it is closed after the code has come, after five
/// minutes, or by [#close()].
public final class OAuthLogin implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REQUEST_MILLIS = 5_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int MAX_LINE = 8_192;

    private final URI server;
    private final OAuthDiscovery.Endpoints service;
    private final OAuthTokens tokens;
    private final Runnable onLogin;
    private final ServerSocket port;
    private final String client;
    private final String verifier = random();
    private final String state = random();
    private boolean used; // guarded by this

    private OAuthLogin(
            URI server,
            OAuthDiscovery.Endpoints service,
            OAuthTokens tokens,
            Runnable onLogin,
            ServerSocket port)
            throws IOException, InterruptedException {
        this.server = server;
        this.service = service;
        this.tokens = tokens;
        this.onLogin = onLogin;
        this.port = port;
        this.client = register();
    }

    /// Finds the login service and opens the port. Blocks.
    ///
    /// @param challenge the header `WWW-Authenticate` of the server; null for none
    /// @param onLogin called after the tokens were stored, on a thread of this object
    /// @throws IOException if there is no login; the message is for the user
    public static OAuthLogin start(
            URI server, @Nullable String challenge, OAuthTokens tokens, Runnable onLogin)
            throws IOException, InterruptedException {
        OAuthDiscovery.Endpoints service = OAuthDiscovery.find(server, challenge);
        ServerSocket port = new ServerSocket(0, 4, InetAddress.getByAddress(LOOPBACK));
        try {
            OAuthLogin login = new OAuthLogin(server, service, tokens, onLogin, port);
            Thread.ofVirtual().name("mcp-login-callback").start(login::listen);
            return login;
        } catch (IOException | InterruptedException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    private String redirect() {
        return "http://127.0.0.1:" + port.getLocalPort() + "/callback";
    }

    /// Registers this client (RFC 7591).
    private String register() throws IOException, InterruptedException {
        if (service.register() == null) {
            throw new IOException("The login service does not let programs register themselves.");
        }
        ObjectNode body = Json.object().put("client_name", "Oriel");
        body.putArray("redirect_uris").add(redirect());
        body.putArray("grant_types").add("authorization_code").add("refresh_token");
        body.putArray("response_types").add("code");
        body.put("token_endpoint_auth_method", "none");
        OAuthRequests.Reply reply = OAuthRequests.postJson(service.register(), body);
        String id = reply.json().path("client_id").asText("");
        if (!reply.isOk() || id.isEmpty()) {
            throw new IOException(
                    "The login service did not register Oriel: " + reply.problem() + ".");
        }
        return id;
    }

    /// The page that the user visits.
    public String address() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client);
        query.put("redirect_uri", redirect());
        query.put("code_challenge", challenge());
        query.put("code_challenge_method", "S256");
        query.put("state", state);
        query.put("resource", service.resource());
        if (!service.scope().isEmpty()) {
            query.put("scope", service.scope());
        }
        String address = service.authorize().toString();
        return address + (address.contains("?") ? "&" : "?") + OAuthRequests.query(query);
    }

    private String challenge() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Waits for the browser. Requests without the state of this login are refused, and do not end
    /// it.
    private void listen() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (port) {
            while (System.nanoTime() < end) {
                port.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                try (Socket browser = port.accept()) {
                    browser.setSoTimeout(REQUEST_MILLIS);
                    String problem = receive(browser);
                    reply(browser, problem);
                    if (problem == null) {
                        onLogin.run();
                        return;
                    }
                } catch (SocketException e) {
                    return; // closed
                } catch (IOException e) {
                    // A browser that sent nothing; or the time is over, which ends the loop.
                }
            }
        } catch (IOException e) {
            // The port is closed in any case.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return null if the login is complete
    private @Nullable String receive(Socket browser) throws IOException, InterruptedException {
        var in =
                new BufferedReader(
                        new InputStreamReader(browser.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && c != '\n' && line.length() < MAX_LINE) {
            line.append((char) c);
        }
        String[] request = line.toString().split(" ");
        if (request.length < 2 || !request[0].equals("GET")) {
            return "This is no login.";
        }
        try {
            finish(request[1]);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void reply(Socket browser, @Nullable String problem) throws IOException {
        String text =
                problem == null
                        ? "You are logged in. You can close this page."
                        : "The login failed. Try again in Oriel.";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 %s\r\nContent-Type: text/plain;charset=utf-8\r\nContent-Length: %d\r\n"
                                .formatted(
                                        problem == null ? "200 OK" : "400 Bad Request", body.length)
                        + "Connection: close\r\n\r\n";
        browser.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        browser.getOutputStream().write(body);
        browser.getOutputStream().flush();
    }

    /// Completes the login with the address to which the browser returned.
    ///
    /// @param address with its query
    /// @throws IOException if it does not belong to this login, or was refused; the message is for
    ///   the user
    public void finish(String address) throws IOException, InterruptedException {
        Map<String, String> query = query(address);
        byte[] given = query.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, state.getBytes(StandardCharsets.UTF_8))) {
            throw new IOException("The address does not belong to this login.");
        }
        String code = query.get("code");
        if (code == null) {
            throw new IOException(
                    "The login was refused: " + query.getOrDefault("error", "no reason") + ".");
        }
        synchronized (this) {
            if (used) {
                throw new IOException("This login is complete already.");
            }
            used = true;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect());
        form.put("client_id", client);
        form.put("code_verifier", verifier);
        form.put("resource", service.resource());
        OAuthRequests.Reply reply = OAuthRequests.postForm(service.token(), form);
        if (!reply.isOk() || !reply.json().path("access_token").isTextual()) {
            throw new IOException("The login service gave no token: " + reply.problem() + ".");
        }
        tokens.store(server, service, client, reply.json());
    }

    private static Map<String, String> query(String address) {
        Map<String, String> query = new LinkedHashMap<>();
        int mark = address.indexOf('?');
        for (String pair : mark < 0 ? new String[0] : address.substring(mark + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                try {
                    query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
                } catch (IllegalArgumentException _) {
                    // Not encoded as it should be: as if it were missing.
                }
            }
        }
        return query;
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException _) {
            // It was closed.
        }
    }
}
