package dev.oriel.agent.api.permission;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// A path in a rule, with the syntax of `.gitignore`: `//abs/**`, `~/x/**`, `/x/**` from the folder
/// of the settings, `x/**` from the session's folder, and a name without a slash at any depth. A
/// pattern that matches a folder matches everything in it. Immutable.
final class PathPattern {
    private static final boolean IGNORES_CASE =
            java.io.File.separatorChar == '\\'
                    || System.getProperty("os.name", "").startsWith("Mac");

    private final Path root;
    private final Pattern pattern;

    /// @param base the folder of the settings
    /// @param folder the session's folder
    PathPattern(String text, Path base, Path folder, Path home) {
        String glob = text.replace('\\', '/');
        if (glob.startsWith("//")) {
            root = folder.getRoot();
            glob = glob.substring(2);
        } else if (glob.startsWith("~/")) {
            root = home;
            glob = glob.substring(2);
        } else if (glob.startsWith("/")) {
            root = base;
            glob = glob.substring(1);
        } else {
            root = folder;
            boolean isName = glob.replaceFirst("/$", "").indexOf('/') < 0;
            glob = glob.startsWith("./") ? glob.substring(2) : isName ? "**/" + glob : glob;
        }
        int flags =
                Pattern.DOTALL
                        | (IGNORES_CASE ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        pattern = Pattern.compile(regex(glob.replaceFirst("/$", "")) + "(/.*)?", flags);
    }

    /// @param absolute normalized
    boolean matches(Path absolute) {
        if (!absolute.startsWith(root)) {
            return false;
        }
        String relative = root.relativize(absolute).toString().replace('\\', '/');
        return pattern.matcher(relative).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
