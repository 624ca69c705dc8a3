package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.client.RawClient;
import dev.oriel.testing.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wrong parameters of all routes that take some: each is refused with a sentence, at once.
class WrongParametersSocketTest {
    /// Each `GET` route with a parameter that is a number. `%s` is a session.
    private static final List<String> NUMBERS =
            List.of(
                    "/v1/sessions/%s/messages?before=",
                    "/v1/sessions/%s/messages?after=",
                    "/v1/sessions/%s/messages?limit=",
                    "/v1/sessions/%s/find?q=a&before=",
                    "/v1/sessions/%s/find?q=a&after=",
                    "/v1/sessions/%s/prompts?before=",
                    "/v1/sessions/%s/prompts?after=",
                    "/v1/sessions/%s/work?before=",
                    "/v1/sessions/%s/files?limit=",
                    "/v1/files?limit=",
                    "/v1/prompts?limit=",
                    "/v1/search?q=a&limit=");

    private static final List<String> NO_NUMBERS =
            List.of(
                    "",
                    "-1",
                    "-0",
                    "%2B1",
                    "+1",
                    "1.0",
                    "1e3",
                    "0x10",
                    "NaN",
                    "null",
                    "true",
                    "1%00",
                    "1%0A",
                    "%D9%A3",
                    "9223372036854775808",
                    "99999999999999999999999999",
                    "-9223372036854775808");

    /// Each `GET` route with a parameter that is a text.
    private static final List<String> TEXTS =
            List.of(
                    "/v1/sessions/%s/find?q=",
                    "/v1/sessions/%s/files?q=", "/v1/files?q=", "/v1/prompts?q=", "/v1/search?q=");

    private static final List<String> FLAGS =
            List.of(
                    "/v1/sessions/%s/find?q=a&case=",
                    "/v1/sessions/%s/find?q=a&word=",
                    "/v1/sessions/%s/find?q=a&regex=",
                    "/v1/agents?refresh=");

    /// Encodings that no server reads in the same way as any other.
    private static final List<String> NOT_ENCODED =
            List.of(
                    "%",
                    "%4", "%zz", "a%2", "%ED%A0%80", "%C0%AF", "%FF", "%F4%90%80%80", "%u0041");

    @TempDir private Path folder;
    private RunningServer server;
    private UUID session;

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.in(folder, new ScriptedProvider());
        session = server.newSession();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// Sends the bytes as they are: libraries would correct them.
    private String get(String target) {
        return RawClient.exchange(
                server.port(),
                "GET "
                        + target.replace("%s", session.toString())
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + server.server().token()
                        + "\r\nConnection: close\r\n\r\n");
    }

    private static JsonNode json(String text) {
        try {
            return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessageException e) {
            throw new AssertionError(text, e);
        }
    }

    private void assertRefused(String target) {
        String reply = get(target);
        assertThat(reply).as(target).startsWith("HTTP/1.1 400 ");
        String body = reply.substring(reply.indexOf("\r\n\r\n") + 4);
        JsonNode error = json(body).path("error");
        assertThat(error.path("code").asText()).as(target).isEqualTo("bad_request");
        assertThat(error.path("message").asText())
                .as(target)
                .isNotBlank()
                .hasSizeLessThan(200)
                .doesNotContain("Exception", "java.", "at dev.", "null");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (String route : NUMBERS) {
            NO_NUMBERS.forEach(value -> assertRefused(route + value));
            assertThat(get(route + "1")).as(route).startsWith("HTTP/1.1 200 ");
            String large = get(route + "999999999999999999");
            assertThat(large)
                    .as(route)
                    .startsWith(route.contains("limit=") ? "HTTP/1.1 400 " : "HTTP/1.1 200 ");
        }
    }

    @Test
    void whatIsNeitherTrueNorFalseIsRefused() {
        for (String route : FLAGS) {
            List.of("", "1", "yes", "TRUE", "true%00").forEach(v -> assertRefused(route + v));
        }
    }

    @Test
    void textsThatAreTooLongOrCannotBeTextAreRefused() {
        for (String route : TEXTS) {
            assertRefused(route + "a".repeat(1_001));
            assertRefused(route + "a%00b");
            assertThat(get(route + "a%22%27%2A%28%5C%F0%9F%98%80%EF%BF%BD"))
                    .as(route)
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whatIsNotEncodedOrGivenTwiceIsRefusedEverywhere() {
        for (String route : TEXTS) {
            NOT_ENCODED.forEach(value -> assertRefused(route + value));
            assertRefused(route + "a&q=b");
            assertRefused(route + "a&%71=b");
            assertRefused(route + "a&%zz=b");
        }
        for (String route : NUMBERS) {
            String name = route.substring(route.lastIndexOf('?') + 1);
            String last = name.substring(name.lastIndexOf('&') + 1);
            assertRefused(route + "1&" + last + "1");
        }
        assertRefused("/v1/sessions/%ED%A0%80");
        assertRefused("/v1/%zz");
    }

    @Test
    void foldersAndTimesThatCannotBeAreRefused() {
        for (String cwd : List.of("relative", "%00", "/a%00b", "/no/such/folder")) {
            assertRefused("/v1/files?cwd=" + cwd);
        }
        assertRefused("/v1/prompts?cwd=relative");
        assertRefused("/v1/prompts?cwd=/a%00b");
        for (String since :
                List.of("", "today", "0", "2026-13-01T00:00:00Z", "2026-01-31", "%00", "-1")) {
            assertRefused("/v1/usage?since=" + since);
        }
        assertRefused("/v1/usage");
        assertRefused("/v1/search");
        assertRefused("/v1/sessions/%s/find");
    }

    @Test
    void timesAtTheEdgesAreAnswered() {
        for (String since :
                List.of(
                        "-1000000000-01-01T00:00:00Z",
                        "%2B1000000000-12-31T23:59:59Z",
                        "1969-12-31T23:59:59.999999999Z")) {
            assertThat(get("/v1/usage?since=" + since)).as(since).startsWith("HTTP/1.1 200 ");
        }
    }
}
