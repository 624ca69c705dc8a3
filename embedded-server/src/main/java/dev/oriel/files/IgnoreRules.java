package dev.oriel.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which files git ignores in a folder: the lines of its `.gitignore`, then the rules of the folder
/// around it. The last line that matches counts. Immutable.
public final class IgnoreRules {
    /// Bytes that are read of one file.
    private static final int MAX_BYTES = 512 * 1024;

    /// Lines that are read of one file. Each file of the folder is compared with all of them.
    private static final int MAX_LINES = 5_000;

    public static final IgnoreRules NONE = new IgnoreRules(null, "", List.of());

    private final @Nullable IgnoreRules outer;

    /// The folder to which the patterns are relative, with a slash at the end; empty for the
    /// outermost one.
    private final String base;

    private final List<IgnorePattern> patterns;

    private IgnoreRules(@Nullable IgnoreRules outer, String base, List<IgnorePattern> patterns) {
        this.outer = outer;
        this.base = base;
        this.patterns = patterns;
    }

    /// The rules of a folder inside of this one's.
    ///
    /// @param folder its path relative to the outermost folder, with a slash at the end; empty for
    ///   the outermost one
    /// @param text the content of its `.gitignore`
    public IgnoreRules with(String folder, String text) {
        List<IgnorePattern> parsed = new ArrayList<>();
        text.lines()
                .limit(MAX_LINES)
                .forEach(line -> {
                    IgnorePattern pattern = IgnorePattern.parse(line);
                    if (pattern != null) {
                        parsed.add(pattern);
                    }
                });
        return parsed.isEmpty() ? this : new IgnoreRules(this, folder, List.copyOf(parsed));
    }

    /// As [#with(String, String)], of the folder's own file. Like git, does not follow a link,
    /// which could lead out of the repository.
    public IgnoreRules withFileOf(String folder, Path file) {
        return withFile(folder, file, LinkOption.NOFOLLOW_LINKS);
    }

    /// The rules of a file of the user, which can be a link.
    public IgnoreRules withFile(Path file) {
        return withFile("", file);
    }

    /// A file that does not exist or cannot be read has no rules.
    private IgnoreRules withFile(String folder, Path file, LinkOption... links) {
        if (!Files.isRegularFile(file, links)) { // a special file would block
            return this;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return with(folder, text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (IOException e) {
            return this;
        }
    }

    /// Whether a file or folder is ignored, if the folders around it are not.
    ///
    /// @param path relative to the outermost folder, without a slash at the end
    public boolean isIgnored(String path, boolean folder) {
        return decide(path, folder) == Decision.IGNORED;
    }

    /// What the rules say of a file or folder, if the folders around it are not ignored.
    ///
    /// @param path relative to the outermost folder, without a slash at the end
    public Decision decide(String path, boolean folder) {
        for (IgnoreRules rules = this; rules != null; rules = rules.outer) {
            String relative = path.substring(rules.base.length());
            for (int i = rules.patterns.size() - 1; i >= 0; i--) {
                IgnorePattern pattern = rules.patterns.get(i);
                if (pattern.matches(relative, folder)) {
                    return pattern.negated() ? Decision.INCLUDED : Decision.IGNORED;
                }
            }
        }
        return Decision.NONE;
    }

    /// What rules say of a path.
    public enum Decision {
        /// No rule matches it.
        NONE,
        IGNORED,
        /// The rule that counts is a negated one.
        INCLUDED
    }
}
