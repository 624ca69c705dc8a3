package dev.oriel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.HttpCall;
import dev.oriel.dialect.HttpReply;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
    private static final String ORIGIN = "http://localhost:5173";

    private static HttpCall call(String method, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new HttpCall(method, "/v1/sessions", Map.of(), all, new byte[0], false);
    }

    private static HttpCall preflight(String... more) {
        HttpCall call = call("OPTIONS", "origin", ORIGIN, "access-control-request-method", "PATCH");
        for (int i = 0; i < more.length; i += 2) {
            call.headers().put(more[i], more[i + 1]);
        }
        return call;
    }

    @Test
    void aReplyNamesTheOriginItselfSoThatNoOtherPageCanReadIt() {
        HttpReply reply = Cors.addHeaders(call("GET", "origin", ORIGIN), HttpReply.empty(204));
        assertThat(reply.headers())
                .containsEntry("Access-Control-Allow-Origin", ORIGIN)
                .containsEntry("Vary", "Origin")
                .doesNotContainKey("Access-Control-Allow-Credentials");
    }

    @Test
    void aReplyToAProgramHasNoHeadersForPages() {
        HttpReply reply = HttpReply.empty(204);
        assertThat(Cors.addHeaders(call("GET"), reply)).isSameAs(reply);
    }

    @Test
    void aPreflightAllowsTheMethodsAndHeadersOfTheRoutes() {
        HttpReply reply = Cors.preflight(preflight());
        assertThat(reply).isNotNull();
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers().get("Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
        assertThat(reply.headers().get("Access-Control-Allow-Headers"))
                .contains("Authorization", "Last-Event-ID");
        assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Private-Network");
    }

    @Test
    void aPageOfThePublicNetworkMayAskForThePrivateOne() {
        HttpReply reply =
                Cors.preflight(preflight("access-control-request-private-network", "true"));
        assertThat(reply).isNotNull();
        assertThat(reply.headers()).containsEntry("Access-Control-Allow-Private-Network", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, origin, access-control-request-method",
        "OPTIONS, host, access-control-request-method",
        "OPTIONS, origin, host",
    })
    void anotherRequestIsNoPreflight(String method, String first, String second) {
        assertThat(Cors.preflight(call(method, first, ORIGIN, second, "PATCH"))).isNull();
    }
}
