package dev.oriel.agent.api.tool.search;

import dev.oriel.files.IgnoreRules.Decision;
import java.util.ArrayList;
import java.util.List;

/// Globs that choose files, as several options `--glob` of ripgrep do: the last one that matches
/// counts. Immutable.
final class GlobFilter {
    static final GlobFilter NONE = new GlobFilter(List.of());

    private final List<GlobPattern> globs;
    private final boolean chooses;

    private GlobFilter(List<GlobPattern> globs) {
        this.globs = globs;
        this.chooses = globs.stream().anyMatch(g -> !g.negated());
    }

    static GlobFilter of(List<String> globs) throws SearchRejectedException {
        List<GlobPattern> parsed = new ArrayList<>();
        for (String glob : globs) {
            if (!glob.isBlank()) {
                parsed.add(GlobPattern.parse(glob));
            }
        }
        return parsed.isEmpty() ? NONE : new GlobFilter(List.copyOf(parsed));
    }

    /// Splits the text of a tool's parameter: at blanks, and at commas outside of braces.
    static List<String> split(String globs) {
        List<String> parts = new ArrayList<>();
        for (String part : globs.strip().split("\\s+")) {
            if (part.contains("{")) {
                parts.add(part);
            } else {
                parts.addAll(List.of(part.split(",")));
            }
        }
        parts.removeIf(String::isEmpty);
        return parts;
    }

    /// @return `INCLUDED` for what is chosen whatever other rules say; `NONE` if the globs do not
    ///   decide
    Decision decide(String path, boolean folder) {
        for (int i = globs.size() - 1; i >= 0; i--) {
            GlobPattern glob = globs.get(i);
            if (glob.matches(path, folder)) {
                return glob.negated() ? Decision.IGNORED : Decision.INCLUDED;
            }
        }
        return chooses && !folder ? Decision.IGNORED : Decision.NONE;
    }

    /// Whether a file in a folder may be chosen.
    boolean mayChooseInside(String path) {
        if (!chooses) {
            return true;
        }
        for (GlobPattern glob : globs) {
            if (!glob.negated() && glob.mayMatchInside(path)) {
                return true;
            }
        }
        return false;
    }
}
