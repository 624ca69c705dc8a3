package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ExampleProvider;
import dev.oriel.testing.await.Patience;
import dev.oriel.testing.client.NativeClient;
import dev.oriel.testing.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Executes every example of `PROTOCOL.md` from top to bottom with a real server.
///
/// A block `http` contains requests and replies. A block `ws PATH` contains the frames of a
/// WebSocket, and HTTP requests as `> METHOD …`. `{id}`, `{cwd}` and `{token}` are replaced by the
/// server's values, `{call}` by the id of the last `tool_call`. The text `…` matches any value, a
/// member `…` any further members, and `< …` any further frames.
class ProtocolExamplesSocketTest {
    private static final Path PAGE = Path.of("../embedded-server/PROTOCOL.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(http|ws)([^\\n]*)\\n(.*?)^```");
    private static final Pattern CALL =
            Pattern.compile("(GET|POST|PATCH|DELETE|PUT) (\\S+)(?: (\\{.*))?");
    private static final String ANY = "…";
    private static final Duration TIMEOUT = Patience.LIMIT;

    @TempDir Path folder;
    private String id = "";
    private String call = "";

    @Test
    void everyExampleMatchesTheServer() throws Exception {
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        int count = 0;
        try (RunningServer server = RunningServer.in(folder, new ExampleProvider())) {
            while (blocks.find()) {
                List<String> lines = lines(blocks.group(3));
                if (blocks.group(1).equals("http")) {
                    http(server, lines, blocks.group(2).contains("without token"));
                } else {
                    conversation(server, blocks.group(2).strip(), lines);
                }
                count++;
            }
        }
        assertThat(count).as("examples on the page").isGreaterThan(10);
    }

    /// The lines of a block. An indented line continues the previous one.
    private static List<String> lines(String block) {
        return block.replaceAll("\\n +", "").lines().filter(l -> !l.isBlank()).toList();
    }

    private void http(RunningServer server, List<String> lines, boolean withoutToken)
            throws Exception {
        for (int i = 0; i < lines.size(); i += 2) {
            String request = lines.get(i);
            String expected = lines.get(i + 1);
            assertThat(request).startsWith("> ");
            assertThat(expected).startsWith("< ");
            var reply = call(server, request.substring(2), withoutToken);
            if (request.contains("/search")) {
                // The index is updated asynchronously.
                reply =
                        Awaitility.await()
                                .atMost(TIMEOUT)
                                .until(
                                        () -> call(server, request.substring(2), withoutToken),
                                        r -> !r.body().contains("[]"));
            }
            if (!matches(reply, expected)) {
                assertThat(reply.statusCode() + " " + reply.body())
                        .as(request)
                        .isEqualTo(expected.substring(2));
            }
        }
    }

    private boolean matches(HttpResponse<String> reply, String line) throws Exception {
        String[] expected = line.substring(2).split(" ", 2);
        if (reply.statusCode() != Integer.parseInt(expected[0])) {
            return false;
        }
        if (expected.length == 1) {
            return reply.body().isEmpty();
        }
        JsonNode body = Json.mapper().readTree(reply.body());
        if (reply.statusCode() == 201 && id.isEmpty()) {
            id = body.path("id").asText();
        }
        return matches(body, Json.mapper().readTree(fill(expected[1])));
    }

    private HttpResponse<String> call(RunningServer server, String line, boolean withoutToken)
            throws Exception {
        Matcher m = CALL.matcher(fill(line));
        assertThat(m.matches()).as(line).isTrue();
        JsonNode body = m.group(3) == null ? null : Json.mapper().readTree(m.group(3));
        return withoutToken
                ? server.send(server.request(m.group(1), m.group(2), body).build())
                : server.call(m.group(1), m.group(2), body);
    }

    private void conversation(RunningServer server, String path, List<String> lines)
            throws Exception {
        boolean logsIn = lines.getFirst().contains("\"auth\"");
        String[] headers =
                logsIn
                        ? new String[0]
                        : new String[] {"Authorization: Bearer " + server.server().token()};
        try (NativeClient client = NativeClient.connect(server.port(), fill(path), headers)) {
            int next = 0;
            boolean skip = false;
            for (String line : lines) {
                String text = fill(line.substring(2)).replace("{token}", server.server().token());
                if (line.startsWith("> ") && CALL.matcher(text).matches()) {
                    call(server, text, false);
                } else if (line.startsWith("> ")) {
                    client.send(text.replace("{call}", call));
                } else if (text.equals(ANY)) {
                    skip = true;
                } else if (text.startsWith("close ")) {
                    assertThat("close " + client.awaitClosed().code()).isEqualTo(text);
                } else {
                    boolean calls = text.contains("{call}");
                    String expected = calls ? text.replace("{call}", ANY) : text;
                    next = await(client, next, Json.mapper().readTree(expected), skip) + 1;
                    if (calls) {
                        call = client.frames().get(next - 1).at("/data/call_id").asText();
                    }
                    skip = false;
                }
            }
        }
    }

    /// @return the index of the frame
    private static int await(NativeClient client, int from, JsonNode expected, boolean skip) {
        int[] index = {-1};
        try {
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        List<JsonNode> frames = client.frames();
                        int last = skip ? frames.size() : Math.min(from + 1, frames.size());
                        for (int i = from; i < last; i++) {
                            if (matches(frames.get(i), expected)) {
                                index[0] = i;
                                return true;
                            }
                        }
                        return false;
                    });
        } catch (ConditionTimeoutException e) {
            List<JsonNode> rest = new ArrayList<>(client.frames());
            throw new AssertionError(
                    "expected " + expected + "\n but " + rest.subList(from, rest.size()), e);
        }
        return index[0];
    }

    private String fill(String text) {
        return text.replace("{id}", id).replace("{cwd}", folder.toString());
    }

    private static boolean matches(@Nullable JsonNode actual, JsonNode expected) {
        if (actual == null) {
            return false;
        }
        if (ANY.equals(expected.textValue())) {
            return true;
        }
        if (expected.isObject()) {
            return actual.isObject() && membersMatch(actual, expected);
        }
        if (expected.isArray()) {
            return actual.isArray() && elementsMatch(actual, expected);
        }
        boolean numbers = expected.isNumber() && actual.isNumber();
        return numbers ? expected.doubleValue() == actual.doubleValue() : expected.equals(actual);
    }

    private static boolean membersMatch(JsonNode actual, JsonNode expected) {
        int named = 0;
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!member.getKey().equals(ANY)) {
                named++;
                if (!matches(actual.get(member.getKey()), member.getValue())) {
                    return false;
                }
            }
        }
        return expected.has(ANY) || named == actual.size();
    }

    private static boolean elementsMatch(JsonNode actual, JsonNode expected) {
        Iterator<JsonNode> rest = actual.iterator();
        for (JsonNode e : expected) {
            if (ANY.equals(e.textValue())) {
                return true;
            }
            if (!rest.hasNext() || !matches(rest.next(), e)) {
                return false;
            }
        }
        return !rest.hasNext();
    }
}
