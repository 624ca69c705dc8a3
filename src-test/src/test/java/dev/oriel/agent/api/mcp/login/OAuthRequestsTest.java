package dev.oriel.agent.api.mcp.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthRequestsTest {
    private static final URI REMOTE = URI.create("https://mcp.example/mcp");
    private static final URI HERE = URI.create("http://127.0.0.1:8080/mcp");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9/token",
                "http://localhost:9/token",
                "https://localhost/token",
                "http://[::1]:9/token",
                "http://login.example/token",
                "http://169.254.169.254/token",
                "https://user:pass@login.example/token",
                "file:///etc/passwd",
                "/token"
            })
    void aRemoteServerCannotNameTheseAddresses(String address) {
        assertThatThrownBy(() -> OAuthRequests.checked(URI.create(address), REMOTE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aServerOnThisComputerCanNameOthersOnIt() throws Exception {
        URI login = URI.create("http://127.0.0.1:9/token");
        assertThat(OAuthRequests.checked(login, HERE)).isEqualTo(login);
        URI remote = URI.create("https://login.example/token");
        assertThat(OAuthRequests.checked(remote, HERE)).isEqualTo(remote);
        assertThat(OAuthRequests.checked(remote, REMOTE)).isEqualTo(remote);
    }
}
