package dev.oriel.agent.api.permission.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The commands of git that change nothing, with the flags with which that holds. Flags before the
/// command, such as `-c` and `-C`, are not among them.
final class GitCommands {
    private static final Map<String, Pattern> FLAGS =
            Map.of(
                    "status",
                            Pattern.compile(
                                    "-[sbuv]+|--(short|branch|porcelain(=v[12])?|long|ignored)"),
                    "log",
                            Pattern.compile(
                                    "-[0-9]+|-[pn][0-9]*|--(oneline|stat|graph|all|decorate|merges|no-merges"
                                        + "|reverse|name-only|name-status|follow|patch|shortstat|date-order)"
                                        + "|--(format|pretty|since|until|after|before|author|grep|max-count|date)=.*"),
                    "diff",
                            Pattern.compile(
                                    "--(stat|cached|staged|name-only|name-status|shortstat|numstat|check"
                                        + "|no-color|color|word-diff|summary|no-ext-diff)|-[wbU][0-9]*"),
                    "show",
                            Pattern.compile(
                                    "--(stat|name-only|name-status|oneline|no-patch|shortstat)|-s"
                                            + "|--(format|pretty)=.*"),
                    "blame", Pattern.compile("-[wlseL].*|--(porcelain|date=.*)"),
                    "rev-parse",
                            Pattern.compile(
                                    "--(abbrev-ref|short|show-toplevel|verify|git-dir|is-inside-work-tree)"),
                    "ls-files",
                            Pattern.compile(
                                    "-[cdmostuvz]+|--(others|cached|modified|exclude-standard|deleted)"),
                    "describe", Pattern.compile("--(tags|always|dirty|abbrev=[0-9]+|long|all)"));

    private GitCommands() {}

    /// @param arguments the words after `git`
    /// @return the paths that it reads; null if it may change something
    static @Nullable List<ShellLine.Word> reads(List<ShellLine.Word> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        String command = arguments.getFirst().text();
        List<ShellLine.Word> rest = arguments.subList(1, arguments.size());
        Pattern flags = FLAGS.get(command);
        if (flags == null) {
            boolean isList =
                    switch (command) {
                        case "branch" ->
                                ReadOnlyCommands.all(
                                        rest, "-a|-r|-v|-vv|--all|--remotes|--list|--show-current");
                        case "tag" -> ReadOnlyCommands.all(rest, "-l|--list");
                        case "remote" -> ReadOnlyCommands.all(rest, "-v|--verbose");
                        case "stash" -> rest.size() == 1 && rest.getFirst().text().equals("list");
                        default -> false;
                    };
            return isList ? List.of() : null;
        }
        List<ShellLine.Word> paths = new ArrayList<>();
        boolean onlyPaths = false;
        for (ShellLine.Word argument : rest) {
            String text = argument.text();
            if (text.equals("--")) {
                onlyPaths = true;
            } else if (onlyPaths || !text.startsWith("-")) {
                paths.add(argument); // or a revision, which is then a path in the folder
                if (text.indexOf(':') >= 0) {
                    // A file of a revision.
                    String path = text.substring(text.indexOf(':') + 1);
                    paths.add(new ShellLine.Word(path, path, argument.isGlob()));
                }
            } else if (!flags.matcher(text).matches() || argument.isGlob() || text.contains("%G")) {
                return null; // `%G` runs the program that checks signatures
            }
        }
        return paths;
    }
}
