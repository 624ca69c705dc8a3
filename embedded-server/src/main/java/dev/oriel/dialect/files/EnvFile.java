package dev.oriel.dialect.files;

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

/// Reads `.env` files as the runtimes of the emulated systems do: one `NAME=value` per line, with
/// optional `export`, comments, and single or double quotes.
///
/// A library is not used because dotenv-java (3.2.0) skips lines with `export` and keeps single
/// quotes as part of the value, which makes a key unusable. References such as `$NAME` in values
/// are not expanded. Invalid lines are skipped and logged by their number, never by their text,
/// which may contain a key.
public final class EnvFile {
    private static final Logger LOG = LoggerFactory.getLogger(EnvFile.class);
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*");

    private EnvFile() {}

    /// Reads the variables of a folder's `.env` file; empty if the file does not exist or cannot be
    /// read.
    public static Map<String, String> load(Path folder) {
        Path file = folder.resolve(".env");
        try {
            if (Files.size(file) > MAX_BYTES) {
                LOG.warn("The .env file is too large and is ignored");
                return Map.of();
            }
            return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            LOG.warn("The .env file of the working folder cannot be read and is ignored");
            return Map.of();
        }
    }

    /// Parses the text of a file. If a name occurs more than once, its last value is used.
    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            Matcher head = ASSIGNMENT.matcher(line);
            String value = head.lookingAt() ? value(line.substring(head.end())) : null;
            if (value != null) {
                values.put(head.group(1), value);
            } else {
                LOG.warn("Line {} of the .env file is invalid and is ignored", number);
            }
        }
        return values;
    }

    /// @param text the text after the equals sign
    /// @return null if the text is not a valid value
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

    /// Removes a comment. It begins with a `#` at the start of the text or after whitespace.
    private static String uncommented(String text) {
        for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
            if (i == 0 || Character.isWhitespace(text.charAt(i - 1))) {
                return text.substring(0, i).strip();
            }
        }
        return text.strip();
    }
}
