package dev.oriel.dialect.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.ErrorCode;
import dev.oriel.message.MalformedMessageException;
import dev.oriel.message.Message;
import dev.oriel.message.MessageType;
import dev.oriel.message.SystemSubtype;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `PROTOCOL.md` describes every message that Oriel adds, every live message and every error code.
class ProtocolWordsTest {
    /// Codes that only the client library reports; the server never sends them.
    private static final Set<String> CLIENT_CODES =
            Set.of(
                    ErrorCode.UNREACHABLE,
                    ErrorCode.REFUSED,
                    ErrorCode.LINK_LOST,
                    ErrorCode.UNSUPPORTED,
                    ErrorCode.NO_TOKEN,
                    ErrorCode.UNKNOWN);

    private static final Path MESSAGES = Path.of("../embedded-server/message/src/main/java");
    private static final List<Path> SOURCES =
            List.of(
                    MESSAGES,
                    Path.of("../embedded-server/client/src/main/java"),
                    Path.of("../embedded-server/src/main/java"));

    private static Set<String> words(Pattern pattern, String text) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1));
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
    void everyOrielWordIsDescribed() throws Exception {
        Set<String> words = words(Pattern.compile("\"(oriel_[a-z_]+)\""), sources());
        assertThat(words).hasSizeGreaterThan(10);
        assertThat(words).allSatisfy(word -> assertThat(protocol()).contains(word));
    }

    @Test
    void everyLiveMessageIsInTheList() throws Exception {
        Set<String> live = new TreeSet<>();
        for (String type : constants(MessageType.class)) {
            if (!type.equals(MessageType.SYSTEM) && isLiveOnly("{\"type\":\"" + type + "\"}")) {
                live.add(type);
            }
        }
        for (String subtype : constants(SystemSubtype.class)) {
            if (isLiveOnly("{\"type\":\"system\",\"subtype\":\"" + subtype + "\"}")) {
                live.add(subtype);
            }
        }
        String text = protocol();
        int list = text.indexOf("- **live messages**");
        String listed = text.substring(list, text.indexOf("\n- ", list + 1));
        assertThat(live).contains(MessageType.STREAM_EVENT, SystemSubtype.ORIEL_UNSENT);
        assertThat(live).allSatisfy(word -> assertThat(listed).contains("`" + word + "`"));
    }

    @Test
    void everyErrorCodeOfTheServerIsDescribed() throws Exception {
        Set<String> codes = constants(ErrorCode.class);
        codes.removeAll(CLIENT_CODES);
        assertThat(codes).contains(ErrorCode.AGENT_GONE, ErrorCode.FORBIDDEN);
        assertThat(codes).allSatisfy(code -> assertThat(protocol()).contains("`" + code + "`"));
    }

    private static boolean isLiveOnly(String json) throws MalformedMessageException {
        return Message.parse(json.getBytes(StandardCharsets.UTF_8)).isLiveOnly();
    }

    private static Set<String> constants(Class<?> vocabulary) throws IllegalAccessException {
        Set<String> values = new TreeSet<>();
        for (Field field : vocabulary.getFields()) {
            values.add((String) field.get(null));
        }
        return values;
    }
}
