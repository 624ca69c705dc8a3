package dev.oriel.agent.api.tool.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The types of files that ripgrep knows, such as `java` or `py`, from its own list.
final class FileTypes {
    private FileTypes() {}

    private static final class Holder {
        static final Map<String, List<String>> GLOBS = read();

        private static Map<String, List<String>> read() {
            Map<String, List<String>> types = new HashMap<>();
            try (InputStream in =
                            Objects.requireNonNull(
                                    FileTypes.class.getResourceAsStream("file-types.txt"));
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int colon = line.indexOf(": ");
                    types.put(
                            line.substring(0, colon),
                            List.of(line.substring(colon + 2).split(", ")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return types;
        }
    }

    /// The files of a type.
    ///
    /// @throws SearchRejectedException if the type is not known
    static List<GlobPattern> globs(String type) throws SearchRejectedException {
        List<String> globs = Holder.GLOBS.get(type);
        if (globs == null) {
            throw new SearchRejectedException("unrecognized file type: " + type);
        }
        List<GlobPattern> parsed = new ArrayList<>();
        for (String glob : globs) {
            parsed.add(GlobPattern.parse(glob));
        }
        return List.copyOf(parsed);
    }
}
