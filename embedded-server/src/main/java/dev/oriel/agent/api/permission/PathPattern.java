package dev.oriel.agent.api.permission;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A path in a rule, with the syntax of `.gitignore`: `//abs/**`, `~/x/**`, `/x/**` from the folder
/// of the settings, `x/**` from the session's folder, and a name without a slash at any depth. A
/// pattern that matches a folder matches everything in it. Immutable.
final class PathPattern {
    /// Whether different spellings can be the same file.
    static final boolean FOLDS =
            File.separatorChar == '\\' || System.getProperty("os.name", "").startsWith("Mac");

    private final String root;
    private final Pattern pattern;
    private final boolean folds;

    /// @param base the folder of the settings
    /// @param folder the session's folder
    /// @param folds whether other spellings of a path match too, for rules that deny or ask
    PathPattern(String text, Path base, Path folder, Path home, boolean folds) {
        this.folds = folds;
        String glob = text.replace('\\', '/');
        Path from;
        if (glob.startsWith("//")) {
            from = folder.getRoot();
            glob = glob.substring(2);
        } else if (glob.startsWith("~/")) {
            from = home;
            glob = glob.substring(2);
        } else if (glob.startsWith("/")) {
            from = base;
            glob = glob.substring(1);
        } else {
            from = folder;
            boolean isName = glob.replaceFirst("/$", "").indexOf('/') < 0;
            glob = glob.startsWith("./") ? glob.substring(2) : isName ? "**/" + glob : glob;
        }
        String start = form(String.valueOf(from));
        root = start.endsWith("/") ? start : start + "/";
        pattern =
                Pattern.compile(
                        regex(form(glob.replaceFirst("/$", ""))) + "(/.*)?", Pattern.DOTALL);
    }

    private String form(String path) {
        return folds ? PathForms.folded(path) : path.replace(File.separatorChar, '/');
    }

    /// @param absolute normalized
    boolean matches(Path absolute) {
        String path = form(absolute.toString());
        if (path.length() + 1 == root.length() && root.startsWith(path)) {
            return pattern.matcher("").matches();
        }
        return path.startsWith(root) && pattern.matcher(path.substring(root.length())).matches();
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
