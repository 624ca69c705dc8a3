package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever Oriel adds to the CLI's messages, and all that goes by without a seq, is described.
class ProtocolWordsTest {
    private static final Path MESSAGES = Path.of("../embedded-server/message/src/main/java");
    private static final List<Path> SOURCES =
            List.of(
                    MESSAGES,
                    Path.of("../embedded-server/client/src/main/java"),
                    Path.of("../embedded-server/src/main/java"));

    private static Set<String> words(Pattern shape, String text) {
        Set<String> words = new TreeSet<>();
        Matcher found = shape.matcher(text);
        while (found.find()) {
            words.add(found.group(1));
        }
        return words;
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    private static String protocol() throws IOException {
        return Files.readString(Path.of("../embedded-server/PROTOCOL.md"));
    }

    @Test
    void everyWordOfOrielsOwnIsDescribed() throws Exception {
        Set<String> words = words(Pattern.compile("\"(oriel_[a-z_]+)\""), sources());
        assertThat(words).hasSizeGreaterThan(10);
        assertThat(words).allSatisfy(word -> assertThat(protocol()).contains(word));
    }

    @Test
    void everyLiveMessageIsInTheList() throws Exception {
        String message = Files.readString(MESSAGES.resolve("dev/oriel/message/Message.java"));
        int from = message.indexOf("boolean isLiveOnly()");
        String method = message.substring(from, message.indexOf("default -> false", from));
        Set<String> live = words(Pattern.compile("\"([a-z_]+)\""), method);
        live.remove("system");
        String text = protocol();
        int list = text.indexOf("- **live messages**");
        String listed = text.substring(list, text.indexOf("\n- ", list + 1));
        assertThat(live).contains("oriel_unsent");
        assertThat(live).allSatisfy(word -> assertThat(listed).contains("`" + word + "`"));
    }

    @Test
    void everyCodeOfAnErrorIsDescribed() throws Exception {
        Pattern code =
                Pattern.compile(
                        "(?s)(?:Notices\\.failure\\([^;]*?|Verdict\\.Refused\\(\\s*)\"([a-z_]+)\"");
        Set<String> codes = words(code, sources());
        assertThat(codes).contains("agent_gone", "forbidden");
        assertThat(codes).allSatisfy(each -> assertThat(protocol()).contains("`" + each + "`"));
    }
}
