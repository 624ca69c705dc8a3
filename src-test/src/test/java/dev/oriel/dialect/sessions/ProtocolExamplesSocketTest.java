package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.oriel.message.Json;
import dev.oriel.testing.agent.ExampleProvider;
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

/// Every example of `PROTOCOL.md`, executed from top to bottom against a real server.
///
/// A block `http` is requests and answers, a block `ws PATH` a conversation on a socket, in which
/// `> METHOD …` is a request beside it. `{id}`, `{cwd}` and `{token}` stand for what the server
/// gave, `{call}` for the last `tool_call`'s id; the text `…` for any value; a member `…` for
/// further members; `< …` for further frames.
class ProtocolExamplesSocketTest {
    private static final Path PAGE = Path.of("../embedded-server/PROTOCOL.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(http|ws)([^\\n]*)\\n(.*?)^```");
    private static final Pattern CALL =
            Pattern.compile("(GET|POST|PATCH|DELETE|PUT) (\\S+)(?: (\\{.*))?");
    private static final String ANY = "…";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir Path folder;
    private String id = "";
    private String call = "";

    @Test
    void everyExampleIsAsThePageSays() throws Exception {
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

    /// The lines of a block. An indented line continues the one before it.
    private static List<String> lines(String block) {
        return block.replaceAll("\\n +", "").lines().filter(l -> !l.isBlank()).toList();
    }

    private void http(RunningServer server, List<String> lines, boolean stranger) throws Exception {
        for (int i = 0; i < lines.size(); i += 2) {
            String ask = lines.get(i);
            String answer = lines.get(i + 1);
            assertThat(ask).startsWith("> ");
            assertThat(answer).startsWith("< ");
            var reply = call(server, ask.substring(2), stranger);
            if (ask.contains("/search")) {
                // What is found is found a moment after it was said.
                reply =
                        Awaitility.await()
                                .atMost(PATIENCE)
                                .until(
                                        () -> call(server, ask.substring(2), stranger),
                                        r -> !r.body().contains("[]"));
            }
            if (!matches(reply, answer)) {
                assertThat(reply.statusCode() + " " + reply.body())
                        .as(ask)
                        .isEqualTo(answer.substring(2));
            }
        }
    }

    private boolean matches(HttpResponse<String> reply, String answer) throws Exception {
        String[] expected = answer.substring(2).split(" ", 2);
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
        return fits(body, Json.mapper().readTree(filled(expected[1])));
    }

    private HttpResponse<String> call(RunningServer server, String line, boolean stranger)
            throws Exception {
        Matcher m = CALL.matcher(filled(line));
        assertThat(m.matches()).as(line).isTrue();
        JsonNode body = m.group(3) == null ? null : Json.mapper().readTree(m.group(3));
        return stranger
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
        try (NativeClient client = NativeClient.connect(server.port(), filled(path), headers)) {
            int next = 0;
            boolean skip = false;
            for (String line : lines) {
                String said = filled(line.substring(2)).replace("{token}", server.server().token());
                if (line.startsWith("> ") && CALL.matcher(said).matches()) {
                    call(server, said, false);
                } else if (line.startsWith("> ")) {
                    client.send(said.replace("{call}", call));
                } else if (said.equals(ANY)) {
                    skip = true;
                } else if (said.startsWith("close ")) {
                    assertThat("close " + client.awaitClosed().code()).isEqualTo(said);
                } else {
                    boolean calls = said.contains("{call}");
                    String expected = calls ? said.replace("{call}", ANY) : said;
                    next = await(client, next, Json.mapper().readTree(expected), skip) + 1;
                    if (calls) {
                        call = client.frames().get(next - 1).at("/data/call_id").asText();
                    }
                    skip = false;
                }
            }
        }
    }

    /// @return where the frame stands
    private static int await(NativeClient client, int from, JsonNode expected, boolean skip) {
        int[] at = {-1};
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        List<JsonNode> frames = client.frames();
                        int last = skip ? frames.size() : Math.min(from + 1, frames.size());
                        for (int i = from; i < last; i++) {
                            if (fits(frames.get(i), expected)) {
                                at[0] = i;
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
        return at[0];
    }

    private String filled(String text) {
        return text.replace("{id}", id).replace("{cwd}", folder.toString());
    }

    private static boolean fits(@Nullable JsonNode given, JsonNode expected) {
        if (given == null) {
            return false;
        }
        if (ANY.equals(expected.textValue())) {
            return true;
        }
        if (expected.isObject()) {
            return given.isObject() && membersFit(given, expected);
        }
        if (expected.isArray()) {
            return given.isArray() && elementsFit(given, expected);
        }
        boolean numbers = expected.isNumber() && given.isNumber();
        return numbers ? expected.doubleValue() == given.doubleValue() : expected.equals(given);
    }

    private static boolean membersFit(JsonNode given, JsonNode expected) {
        int named = 0;
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!member.getKey().equals(ANY)) {
                named++;
                if (!fits(given.get(member.getKey()), member.getValue())) {
                    return false;
                }
            }
        }
        return expected.has(ANY) || named == given.size();
    }

    private static boolean elementsFit(JsonNode given, JsonNode expected) {
        Iterator<JsonNode> rest = given.iterator();
        for (JsonNode e : expected) {
            if (ANY.equals(e.textValue())) {
                return true;
            }
            if (!rest.hasNext() || !fits(rest.next(), e)) {
                return false;
            }
        }
        return !rest.hasNext();
    }
}
