package dev.oriel.dialect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a `.env` file as the runtimes of the other systems do: `NAME=value` a line, `export`
/// before it if the file is a shell's as well, comments, quotes of both kinds.
///
/// Written here because dotenv-java (3.2.0) leaves out lines with `export` and keeps single quotes
/// as part of the value, which makes a key useless. Values are taken as they stand: no `$NAME` in
/// them is replaced. A line that is none of this is left out and reported by its number, never by
/// its text.
public final class EnvFile {
    private static final Logger LOG = LoggerFactory.getLogger(EnvFile.class);
    private static final int LONGEST = 1024 * 1024;

    private static final Pattern HEAD =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*");

    private EnvFile() {}

    /// What a folder's `.env` says, empty if there is none or it cannot be read.
    public static Map<String, String> load(Path folder) {
        Path file = folder.resolve(".env");
        try {
            if (Files.size(file) > LONGEST) {
                LOG.warn("The .env file is too long to be one; it is left out");
                return Map.of();
            }
            return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.warn("The .env file of the working folder cannot be read; it is left out");
            return Map.of();
        }
    }

    /// Reads the text of a file; of two lines with one name the later counts.
    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            Matcher head = HEAD.matcher(line);
            String value = head.lookingAt() ? value(line.substring(head.end())) : null;
            if (value != null) {
                values.put(head.group(1), value);
            } else {
                LOG.warn("Line {} of the .env file is not understood; it is left out", number);
            }
        }
        return values;
    }

    /// @param text what stands behind the equals sign
    /// @return null if that is no value
    private static @Nullable String value(String text) {
        if (!text.startsWith("\"") && !text.startsWith("'")) {
            return uncommented(text);
        }
        char quote = text.charAt(0);
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                String rest = text.substring(i + 1).strip();
                return rest.isEmpty() || rest.startsWith("#") ? value.toString() : null;
            }
            if (c == '\\' && quote == '"' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
            }
            value.append(c);
        }
        return null; // the quote is not closed
    }

    /// A comment begins at the start, or behind a blank.
    private static String uncommented(String text) {
        for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
                return text.substring(0, i).strip();
            }
        }
        return text.strip();
    }
}
