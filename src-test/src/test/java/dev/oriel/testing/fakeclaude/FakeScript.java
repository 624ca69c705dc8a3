package dev.oriel.testing.fakeclaude;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The script as written by [dev.oriel.testing.claude.FakeClaude].
final class FakeScript {
    private static final List<String> HELLO =
            List.of(
                    "text "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            "Hello from the fake."
                                                    .getBytes(StandardCharsets.UTF_8)));

    private final List<List<String>> turns = new ArrayList<>();
    private final List<String> start = new ArrayList<>();
    private final Set<String> ignoredRequests = new HashSet<>();
    private final Map<String, String> replies = new HashMap<>();
    private boolean ignoresEndOfInput;
    private boolean sendsCapabilities = true;
    private String startExit = "";

    static FakeScript read(Path file) throws IOException {
        FakeScript script = new FakeScript();
        List<String> steps = script.start;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("  ")) {
                steps.add(line.strip());
                continue;
            }
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "turn" -> {
                    steps = new ArrayList<>();
                    script.turns.add(steps);
                }
                case "start" -> steps = script.start;
                case "deaf" -> script.ignoredRequests.addAll(List.of(words[1].split(",")));
                case "reply" -> {
                    String[] reply = words[1].split(" ", 2);
                    script.replies.put(reply[0], decoded(reply[1]));
                }
                case "no-capabilities" -> script.sendsCapabilities = false;
                case "ignore-eof" -> script.ignoresEndOfInput = true;
                case "start-exit" -> script.startExit = words[1];
                default -> throw new IOException("unknown: " + line);
            }
        }
        return script;
    }

    void exitAtStart() {
        if (!startExit.isEmpty()) {
            String[] words = startExit.split(" ", 2);
            if (words.length > 1 && !words[1].isEmpty()) {
                System.err.println(decoded(words[1]));
            }
            System.exit(Integer.parseInt(words[0]));
        }
    }

    List<String> start() {
        return start;
    }

    List<String> turn(int number) {
        return turns.isEmpty() ? HELLO : turns.get(Math.min(number, turns.size() - 1));
    }

    boolean ignores(String subtype) {
        return ignoredRequests.contains(subtype);
    }

    /// The scripted reply to a control request; null if there is none.
    @Nullable String reply(String subtype) {
        return replies.get(subtype);
    }

    /// Removes the capabilities from a message if the scripted CLI version does not report them.
    String filterCapabilities(String message) {
        return sendsCapabilities ? message : message.replaceAll(",\"capabilities\":\\[[^]]*]", "");
    }

    boolean ignoresEndOfInput() {
        return ignoresEndOfInput;
    }

    static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
