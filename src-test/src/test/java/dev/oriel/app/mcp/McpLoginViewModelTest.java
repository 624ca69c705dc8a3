package dev.oriel.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.mcp.McpLogin.Visit;
import dev.oriel.app.mcp.McpLogin.Visit.Safety;
import dev.oriel.app.session.OpenSession;
import dev.oriel.client.ClientException;
import dev.oriel.client.compat.protocol.EffectSummary;
import dev.oriel.testing.client.FakeServerClient;
import dev.oriel.testing.client.OpenSessions;
import dev.oriel.testing.manual.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpLoginViewModelTest {
    private final ManualScheduler delay = new ManualScheduler();
    private final FakeServerClient client = new FakeServerClient();
    private final List<String> infos = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int reloads;
    private @Nullable OpenSession session = OpenSessions.open(client, "s");
    private final McpLoginViewModel logins =
            new McpLoginViewModel(() -> session, delay, () -> reloads++, infos::add, errors::add);

    private static McpServer hub(McpServer.State state) {
        return new McpServer("hub", state, "", "", "https://hub.example/", true, List.of());
    }

    private static final McpServer HUB = hub(McpServer.State.NEEDS_LOGIN);

    private void fail(String code, String message) {
        client.setControlReply(CompletableFuture.failedFuture(new ClientException(code, message)));
    }

    private void reply(String json) {
        client.setControlReply(
                CompletableFuture.completedFuture((ObjectNode) EffectSummary.json(json)));
    }

    private void visit() {
        reply("{'authUrl':'https://id.example/authorize','callbackExpected':true}");
        logins.start(HUB);
        delay.advance(Duration.ZERO);
    }

    private McpLogin now() {
        return logins.login().get();
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/a?b=c, SAFE, id.example",
        "HTTPS://good.example@evil.example/, SAFE, evil.example",
        "http://127.0.0.1:8080/x, SAFE, 127.0.0.1",
        "http://localhost:9/x, SAFE, localhost",
        "http://[::1]:9/x, SAFE, [::1]",
        "http://id.example/a, UNENCRYPTED, id.example",
        "http://127.0.0.1.evil.example/, UNENCRYPTED, 127.0.0.1.evil.example",
        "http://localhost.evil.example/, UNENCRYPTED, localhost.evil.example",
        "file:///etc/passwd, NO_PAGE, ''",
        "javascript:alert(1), NO_PAGE, ''",
        "https:///nohost, NO_PAGE, ''",
        "https://id.example/a b, NO_PAGE, ''",
        "--help, NO_PAGE, ''",
    })
    void onlyEncryptedPagesAndThisComputerAreOpened(String address, Safety safety, String host) {
        Visit visit = McpLogin.visit("hub", address, true);
        assertThat(visit.safety()).isEqualTo(safety);
        assertThat(visit.host()).isEqualTo(host);
        assertThat(visit.address()).isEqualTo(address);
    }

    @Test
    void theAgentNamesThePageAndIsAskedUntilTheServerIsConnected() {
        visit();
        assertThat(now()).isEqualTo(McpLogin.visit("hub", "https://id.example/authorize", true));
        delay.advance(McpLoginViewModel.POLL);
        delay.advance(McpLoginViewModel.POLL);
        assertThat(reloads).isEqualTo(2);
        logins.update(List.of(hub(McpServer.State.NEEDS_LOGIN)));
        assertThat(now()).isInstanceOf(Visit.class);
        logins.update(List.of(hub(McpServer.State.CONNECTED)));
        assertThat(now()).isEqualTo(new McpLogin.None());
        assertThat(infos).containsExactly("You are logged in to hub.");
        delay.advance(Duration.ofMinutes(5));
        assertThat(reloads).isEqualTo(2);
    }

    @Test
    void aLoginThatNobodyFinishesIsNotAskedForForever() {
        visit();
        for (int i = 0; i < McpLoginViewModel.MAX_POLLS + 10; i++) {
            delay.advance(McpLoginViewModel.POLL);
        }
        assertThat(reloads).isEqualTo(McpLoginViewModel.MAX_POLLS);
    }

    @Test
    void anAgentThatStillHasKeysNeedsNoPage() {
        reply("{'requiresUserAction':false}");
        logins.start(HUB);
        delay.advance(Duration.ZERO);
        assertThat(now()).isEqualTo(new McpLogin.None());
        assertThat(infos).containsExactly("You are logged in to hub.");
    }

    @Test
    void theAddressToWhichTheBrowserReturnedFinishesTheLogin() {
        visit();
        logins.finish(" ");
        assertThat(now()).isInstanceOf(Visit.class);
        reply("{}");
        logins.finish(" http://localhost:1/callback?code=a ");
        assertThat(now()).isInstanceOf(McpLogin.Finishing.class);
        delay.advance(Duration.ZERO);
        delay.advance(Duration.ZERO);
        assertThat(client.calls())
                .containsExactly(
                        "control s mcp_authenticate",
                        "control s mcp_oauth_callback_url",
                        "control s mcp_reconnect");
        assertThat(now()).isEqualTo(new McpLogin.None());
        assertThat(infos).containsExactly("You are logged in to hub.");
    }

    @Test
    void aConnectionThatComesLateDoesNotEndALoginThatWasStartedMeanwhile() {
        visit();
        reply("{}");
        logins.finish("http://localhost:1/callback?code=a");
        delay.advance(Duration.ZERO);
        logins.cancel();
        client.setControlReply(new CompletableFuture<>());
        logins.start(HUB);
        McpLogin later = now();
        delay.advance(Duration.ZERO);
        assertThat(now()).isSameAs(later);
        assertThat(infos).isEmpty();
    }

    @Test
    void anAddressOfAnotherLoginIsExplainedAndTheLoginGoesOn() {
        visit();
        fail("error", "It belongs to another sign-in.");
        logins.finish("http://localhost:1/callback?code=a");
        delay.advance(Duration.ZERO);
        assertThat(now())
                .isInstanceOfSatisfying(
                        Visit.class,
                        v -> assertThat(v.problem()).isEqualTo("It belongs to another sign-in."));
        delay.advance(McpLoginViewModel.POLL);
        assertThat(reloads).isEqualTo(1);
    }

    @Test
    void aServerThatOffersNoLoginSaysWhy() {
        fail("error", "It does not support OAuth.");
        logins.start(HUB);
        delay.advance(Duration.ZERO);
        assertThat(now()).isEqualTo(new McpLogin.None());
        assertThat(errors).containsExactly("The login to hub failed: It does not support OAuth.");
    }

    @Test
    void aCancelledLoginIgnoresLateReplies() {
        CompletableFuture<ObjectNode> late = new CompletableFuture<>();
        client.setControlReply(late);
        logins.start(HUB);
        logins.cancel();
        late.complete((ObjectNode) EffectSummary.json("{'authUrl':'https://id.example/'}"));
        delay.advance(Duration.ZERO);
        assertThat(now()).isEqualTo(new McpLogin.None());
    }

    @Test
    void aLoginEndsWithItsSessionAndWithAServerThatFails() {
        visit();
        logins.update(List.of(hub(McpServer.State.FAILED)));
        assertThat(now()).isEqualTo(new McpLogin.None());
        visit();
        session = OpenSessions.open(client, "t");
        delay.advance(McpLoginViewModel.POLL);
        assertThat(now()).isEqualTo(new McpLogin.None());
        assertThat(infos).isEmpty();
    }

    @Test
    void loggingOutIsConfirmedOrExplained() {
        reply("{}");
        logins.logOut(HUB);
        delay.advance(Duration.ZERO);
        assertThat(infos).containsExactly("You are logged out of hub.");
        assertThat(reloads).isEqualTo(1);
        fail("error", "It is managed.");
        logins.logOut(HUB);
        delay.advance(Duration.ZERO);
        assertThat(errors).containsExactly("hub: It is managed.");
    }
}
