package dev.oriel.app.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.claude.FakeTurn;
import dev.oriel.testing.client.FakeAccounts;
import dev.oriel.testing.media.SampleImages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One page of the [Gallery]: a conversation that an agent plays.
///
/// A page is a file of the resource folder `gallery`. `NAME.md` is one answer in Markdown.
/// `NAME.ndjson` has one JSON object a line:
///
/// | object | meaning |
/// |---|---|
/// | `{"prompt":"…"}` | the user's prompt, which begins a turn |
/// | `{"text":"…"}` | a text block of Claude |
/// | `{"thinking":"…"}` | a thinking block of Claude |
/// | `{"tool":"Bash","id":"t1","input":{…}}` | a `tool_use` block |
/// | `{"result":"t1","content":"…"}` | its `tool_result`; optional: `is_error`, `tool_use_result` |
/// | `{"settings":{…}}` | members of the window's `settings.json` |
/// | `{"files":{"a/b.txt":"…"}}` | files of the session's folder; `[640,400]` is an image of that size |
/// | `{"folder":"bay"}` | the name of the session's folder |
/// | `{"earlier":["…"]}` | prompts of older sessions, each of which plays the first turn |
/// | `{"agent":"missing"}` | no CLI; or `demo`, `signed out` |
/// | `{"accounts":{…}}` | fake accounts ([FakeAccounts#of]); `"first_run":true` for no agent |
/// | `{"reply":"get_usage","with":{…}}` | what the CLI replies to a control request |
/// | `{"hang":true}` | leaves the turn running |
/// | `{"request":{"subtype":"can_use_tool",…}}` | a control request, which waits for its response |
/// | any object with `type` | a line of the CLI, as it is; a `result` ends the turn |
/// | any other of [GalleryStep] | is done in the window after the last turn |
///
/// A prompt may be left out if there are steps. In a tool's result, `{"image":[640,400]}` stands
/// for an image of that size.
///
/// @param prompts what the user sends, one for each turn
/// @param settings members of `settings.json`
/// @param steps what is done in the window then
/// @param lines all objects of the file
record GalleryPage(
        String name,
        List<String> prompts,
        ObjectNode settings,
        List<GalleryStep> steps,
        List<ObjectNode> lines) {
    /// All pages, by name.
    static List<GalleryPage> all() throws IOException {
        URL folder = Objects.requireNonNull(GalleryPage.class.getResource("/gallery"));
        List<GalleryPage> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                pages.add(read(file));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return pages;
    }

    private static GalleryPage read(Path file) throws IOException {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        List<ObjectNode> lines = new ArrayList<>();
        if (name.endsWith(".md")) {
            lines.add(Json.object().put("prompt", "Show me " + name.substring(0, dot)));
            lines.add(Json.object().put("text", Files.readString(file)));
        } else {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    lines.add((ObjectNode) Json.mapper().readTree(line));
                }
            }
        }
        List<String> prompts = new ArrayList<>();
        ObjectNode settings = Json.object();
        List<GalleryStep> steps = new ArrayList<>();
        for (ObjectNode line : lines) {
            if (line.has("prompt")) {
                prompts.add(line.path("prompt").textValue());
            } else if (line.get("settings") instanceof ObjectNode members) {
                settings.setAll(members);
            } else {
                GalleryStep.of(line).ifPresent(steps::add);
            }
        }
        if (prompts.isEmpty() && steps.isEmpty()) {
            throw new IOException(name + " has neither a prompt nor a step");
        }
        return new GalleryPage(name.substring(0, dot), prompts, settings, steps, lines);
    }

    /// Which agent answers; empty for the CLI.
    String agent() {
        return lines.stream().map(l -> l.path("agent").asText()).reduce("", String::concat);
    }

    /// The name of the session's folder; empty for a folder of its own.
    String folder() {
        return lines.stream().map(l -> l.path("folder").asText()).reduce("", String::concat);
    }

    /// The fake of the server's accounts; null if the server has its own.
    @Nullable FakeAccounts accounts() {
        return lines.stream()
                .filter(l -> l.has("accounts"))
                .findFirst()
                .map(l -> FakeAccounts.of(l.path("accounts")))
                .orElse(null);
    }

    /// Whether neither the CLI nor an account is ready.
    boolean isFirstRun() {
        return lines.stream().anyMatch(l -> l.path("accounts").path("first_run").asBoolean());
    }

    /// The prompts of older sessions.
    List<String> earlier() {
        return lines.stream()
                .flatMap(l -> l.path("earlier").valueStream())
                .map(JsonNode::asText)
                .toList();
    }

    /// Writes the files of the session's folder.
    void writeFiles(Path folder) throws IOException {
        for (ObjectNode line : lines) {
            for (Map.Entry<String, JsonNode> file : line.path("files").properties()) {
                Path to = folder.resolve(file.getKey());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                JsonNode size = file.getValue();
                if (size.isArray()) {
                    Files.write(to, SampleImages.png(size.path(0).asInt(), size.path(1).asInt()));
                } else {
                    Files.writeString(to, size.textValue());
                }
            }
        }
    }

    /// Whether its last turn is left running.
    boolean isRunning() {
        return lines.stream().anyMatch(l -> l.has("hang") || l.has("request"));
    }

    /// Installs an agent that plays the page.
    FakeClaude install(Path folder) {
        FakeClaude claude = FakeClaude.in(folder);
        if (agent().equals("signed out")) {
            claude.loggedOut();
        }
        List<List<ObjectNode>> turns = new ArrayList<>();
        for (ObjectNode line : lines) {
            if (line.has("prompt")) {
                turns.add(new ArrayList<>());
            } else if (line.has("reply")) {
                claude.replying(line.path("reply").textValue(), line.path("with").toString());
            } else if (isOfTurn(line)) {
                turns.getLast().add(line);
            }
        }
        for (int i = 0; i < turns.size(); i++) {
            List<ObjectNode> turn = turns.get(i);
            int number = i;
            claude.turn(t -> play(t, turn, "msg_" + number));
        }
        return claude.install();
    }

    private static boolean isOfTurn(ObjectNode line) {
        return !line.has("settings")
                && !line.has("files")
                && !line.has("folder")
                && !line.has("earlier")
                && !line.has("agent")
                && !line.has("accounts")
                && GalleryStep.of(line).isEmpty();
    }

    private static FakeTurn play(FakeTurn turn, List<ObjectNode> lines, String messageId) {
        FakeTurn played = turn;
        for (ObjectNode line : lines) {
            played =
                    line.has("hang")
                            ? played.hang()
                            : line.has("request") && !line.has("type")
                                    ? played.request(line.path("request").toString())
                                    : played.line(message(line, messageId).toString());
        }
        boolean ends = lines.stream().anyMatch(l -> l.path("type").asText().equals("result"));
        return ends ? played.noResult() : played;
    }

    private static ObjectNode message(ObjectNode line, String messageId) {
        if (line.has("type")) {
            return line;
        }
        if (line.has("text")) {
            return assistant(
                    messageId, Json.object().put("type", "text").set("text", line.path("text")));
        }
        if (line.has("thinking")) {
            return assistant(
                    messageId,
                    Json.object().put("type", "thinking").set("thinking", line.path("thinking")));
        }
        if (line.has("tool")) {
            ObjectNode use = Json.object().put("type", "tool_use");
            use.set("id", line.path("id"));
            use.set("name", line.path("tool"));
            use.set("input", line.path("input"));
            return assistant(messageId, use);
        }
        return line.has("result") ? result(line) : line;
    }

    private static ObjectNode assistant(String messageId, JsonNode block) {
        ObjectNode m = Json.object().put("type", "assistant");
        ObjectNode message = m.putObject("message").put("id", messageId).put("role", "assistant");
        message.put("model", "claude-opus-5-5").putArray("content").add(block);
        message.putObject("usage").put("input_tokens", 1200).put("output_tokens", 80);
        return m.putNull("parent_tool_use_id");
    }

    private static JsonNode withImages(JsonNode content) {
        if (!content.isArray()) {
            return content;
        }
        ArrayNode blocks = Json.mapper().createArrayNode();
        for (JsonNode block : content) {
            JsonNode size = block.path("image");
            blocks.add(size.isArray() ? image(size.path(0).asInt(), size.path(1).asInt()) : block);
        }
        return blocks;
    }

    private static ObjectNode image(int width, int height) {
        ObjectNode block = Json.object().put("type", "image");
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", "image/png")
                .put("data", SampleImages.base64(SampleImages.png(width, height)));
        return block;
    }

    private static ObjectNode result(ObjectNode line) {
        ObjectNode m = Json.object().put("type", "user");
        ArrayNode content = m.putObject("message").put("role", "user").putArray("content");
        ObjectNode block = content.addObject().put("type", "tool_result");
        block.set("tool_use_id", line.path("result"));
        block.set("content", withImages(line.path("content")));
        block.put("is_error", line.path("is_error").asBoolean());
        if (line.has("tool_use_result")) {
            m.set("tool_use_result", line.path("tool_use_result"));
        }
        return m.putNull("parent_tool_use_id");
    }
}
