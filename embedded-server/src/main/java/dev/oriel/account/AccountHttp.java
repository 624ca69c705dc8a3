package dev.oriel.account;

import dev.oriel.client.transport.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/// HTTP clients for the servers of accounts: with the proxies and authorities of the system, unless
/// the server is on this computer. They follow no redirects, which would take the key along.
public final class AccountHttp {
    private AccountHttp() {}

    /// @param executor runs the client's tasks
    public static HttpClient client(URI server, Executor executor) {
        return transport(server).createHttpClient(executor);
    }

    /// The way to a server.
    public static Transport transport(URI server) {
        return ServerUrl.isLoopback(server) && server.getScheme().equalsIgnoreCase("http")
                ? Transport.plaintext()
                : Transport.systemDefault();
    }
}
