package dev.oriel.agent.api.permission.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The commands that change nothing: for each, the flags with which that holds, and which operands
/// are paths. An unknown command or flag is not read-only. Facts: manual pages of GNU coreutils 9,
/// grep, ripgrep, findutils, sed, git 2, and of their BSD versions.
final class ReadOnlyCommands {
    private static final Map<String, Row> ROWS = new HashMap<>();

    /// What operands are.
    private enum Operands {
        NONE,
        ANY,
        PATHS,
        /// The first one is a pattern, the others are paths.
        PATTERN_AND_PATHS
    }

    private record Row(Pattern flags, Operands operands) {}

    static {
        put(Operands.PATHS, "-[AbeEnstTuv]+", "cat");
        put(
                Operands.PATHS,
                "-[0-9]+|-[nc]([+-]?[0-9]+[kKMG]?)?|-[qvz]+|--(lines|bytes)=[+-]?[0-9]+",
                "head",
                "tail");
        put(Operands.PATHS, "-[clmwL]+|--(lines|words|bytes|chars)", "wc");
        put(
                Operands.PATHS,
                "-[A-Za-z1]+|--(all|almost-all|human-readable|reverse|recursive|size|inode)"
                        + "|--(color|sort|time|format)(=[a-z]+)?",
                "ls");
        put(Operands.NONE, "-[LP]", "pwd");
        put(Operands.NONE, "-[a-zA-Z]+", "whoami", "uname", "free", "uptime", "nproc", "groups");
        put(Operands.ANY, "-[a-zA-Z]+", "id");
        put(
                Operands.PATHS,
                "-[a-zA-Z]+|--max-depth=[0-9]+|-d|--(summarize|total|inodes)",
                "du",
                "df");
        put(Operands.PATHS, "-[Lft]+", "stat");
        put(Operands.PATHS, "-[bihLkN]+|--(brief|mime|mime-type)", "file");
        put(Operands.PATHS, "-[femnqsvz]+", "readlink", "realpath");
        put(Operands.ANY, "-[asz]+", "basename", "dirname");
        put(Operands.ANY, "-[aptP]+", "which", "type");
        put(Operands.ANY, "", "true", "false", "expr", "sleep");
        put(Operands.ANY, "-[nNeE]+|-.*", "echo");
        put(Operands.ANY, "-[sfw].*", "seq");
        put(Operands.PATHS, "-[bdfghinrRuVzM]+|-k[0-9.,bdfginrV]*|-t.?", "sort");
        put(
                Operands.PATHS,
                "-[dfcbs].*|--(delimiter|fields|characters|bytes)=.*|--complement",
                "cut");
        put(Operands.ANY, "-[cdstC]+", "tr");
        put(
                Operands.PATHS,
                "-[abBcdeiNpqrsuwyU0-9]+|--(brief|recursive|unified|side-by-side|color|new-file)(=[a-z0-9]+)?",
                "diff");
        put(Operands.PATHS, "-[123]+", "comm");
        put(Operands.PATHS, "-[a-zA-Z][a-z0-9]*", "nl", "od", "strings");
        put(Operands.PATHS, "-[dw][0-9]*|--(decode|wrap=[0-9]+)", "base64");
        put(
                Operands.PATHS,
                "-[btz]+",
                "md5sum",
                "sha1sum",
                "sha224sum",
                "sha256sum",
                "sha384sum",
                "sha512sum",
                "cksum",
                "b2sum");
        put(
                Operands.PATTERN_AND_PATHS,
                "-[abcEFGhHiIlLnoqrsTvVwxyZ]*[ABCm]?[0-9]*|--(include|exclude|exclude-dir)=.*"
                    + "|--(color|colour)(=[a-z]+)?|--(count|ignore-case|line-number|recursive|with-filename"
                    + "|files-with-matches|extended-regexp|fixed-strings|only-matching|invert-match)"
                    + "|--(context|after-context|before-context|max-count)=[0-9]+",
                "grep",
                "egrep",
                "fgrep");
        put(
                Operands.PATTERN_AND_PATHS,
                "-[abcFHhiIlnNoPpqsSuUvwx]*[ABCmd]?[0-9]*|--(hidden|no-ignore|count|json|line-number|pcre2"
                    + "|files-with-matches|ignore-case|smart-case|fixed-strings|word-regexp|multiline"
                    + "|no-heading|heading|stats|only-matching|no-filename)|-[tTg].*"
                    + "|--(glob|type|type-not|context|max-count|max-depth|color|sort)=.*",
                "rg");
        put(
                Operands.PATTERN_AND_PATHS,
                "-[rcnSsaeCM]+|--(raw-output|compact-output|sort-keys)",
                "jq");
        put(Operands.PATHS, "-[adfpshugDFqNrtCx]+|-L[0-9]*|--(dirsfirst|noreport|du)", "tree");
    }

    private static final Set<String> FIND_TESTS =
            Set.of(
                    "-name",
                    "-iname",
                    "-path",
                    "-ipath",
                    "-regex",
                    "-iregex",
                    "-type",
                    "-xtype",
                    "-maxdepth",
                    "-mindepth",
                    "-size",
                    "-mtime",
                    "-mmin",
                    "-atime",
                    "-ctime",
                    "-perm",
                    "-user",
                    "-group",
                    "-links",
                    "-inum");
    private static final Set<String> FIND_FLAGS =
            Set.of(
                    "-print",
                    "-print0",
                    "-empty",
                    "-prune",
                    "-not",
                    "!",
                    "-o",
                    "-a",
                    "-or",
                    "-and",
                    "(",
                    ")",
                    "-true",
                    "-false",
                    "-depth",
                    "-xdev",
                    "-mount",
                    "-ls",
                    "-quit",
                    "-readable",
                    "-executable",
                    "-writable",
                    "-daystart");
    private static final Pattern SED_PRINT =
            Pattern.compile("([0-9]+|\\$)?(,([0-9]+|\\$))?p(;([0-9]+|\\$)?(,([0-9]+|\\$))?p)*");
    private static final Pattern SED_REPLACE =
            Pattern.compile(
                    "s([/|#,:])(?:(?!\\1)[^\\\\\\n]|\\\\.)*\\1(?:(?!\\1)[^\\\\\\n]|\\\\.)*\\1[gipI0-9]*");

    private ReadOnlyCommands() {}

    private static void put(Operands operands, String flags, String... names) {
        Row row = new Row(Pattern.compile(flags, Pattern.DOTALL), operands);
        for (String name : names) {
            ROWS.put(name, row);
        }
    }

    /// The paths that a read-only command reads.
    ///
    /// @param words the command's name and arguments
    /// @return null if the command may change something
    static @Nullable List<ShellLine.Word> reads(List<ShellLine.Word> words) {
        String name = words.getFirst().text();
        List<ShellLine.Word> arguments = words.subList(1, words.size());
        if (words.size() == 1 && words.getFirst().isAssignment()) {
            return List.of(); // ends with the shell
        }
        if (words.getFirst().raw().equals("[[")) {
            return condition(words.subList(1, words.size() - 1));
        }
        return switch (name) {
            case "find" -> find(arguments);
            case "sed" -> sed(arguments);
            case "git" -> GitCommands.reads(arguments);
            case "date" -> date(arguments);
            case "printf" -> printf(arguments);
            case "test", "[" -> test(arguments);
            case "node", "python", "python3", "ruby", "rustc" ->
                    isVersion(arguments) ? List.of() : null;
            default -> {
                Row row = ROWS.get(name);
                yield row == null ? null : byRow(name, row, arguments);
            }
        };
    }

    private static @Nullable List<ShellLine.Word> byRow(
            String name, Row row, List<ShellLine.Word> arguments) {
        List<ShellLine.Word> operands = new ArrayList<>();
        boolean onlyOperands = false;
        boolean hasPattern = false;
        boolean afterPatternFlag = false;
        for (ShellLine.Word argument : arguments) {
            String text = argument.text();
            if (afterPatternFlag) {
                // The value of `-e`, whatever it looks like.
                afterPatternFlag = false;
                if (argument.isGlob()) {
                    return null;
                }
                continue;
            }
            if (onlyOperands || text.equals("-") || !text.startsWith("-")) {
                operands.add(argument);
            } else if (text.equals("--")) {
                onlyOperands = true;
            } else if (row.operands == Operands.PATTERN_AND_PATHS
                    && !name.equals("jq")
                    && (text.equals("-e") || text.startsWith("--regexp="))) {
                hasPattern = true;
                afterPatternFlag = text.equals("-e");
            } else if (!row.flags.matcher(text).matches() || argument.isGlob()) {
                return null;
            }
        }
        return switch (row.operands) {
            case NONE -> operands.isEmpty() ? List.of() : null;
            // What a pattern matches shows names of files.
            case ANY -> operands.stream().filter(ShellLine.Word::isGlob).toList();
            case PATHS -> withoutInput(operands);
            case PATTERN_AND_PATHS -> {
                if (hasPattern || operands.isEmpty()) {
                    yield withoutInput(operands);
                }
                // A pattern that is not quoted can become several words, all but one paths.
                yield operands.getFirst().isGlob()
                        ? null
                        : withoutInput(operands.subList(1, operands.size()));
            }
        };
    }

    /// `-` is the standard input.
    private static List<ShellLine.Word> withoutInput(List<ShellLine.Word> operands) {
        return operands.stream().filter(o -> !o.text().equals("-")).toList();
    }

    private static @Nullable List<ShellLine.Word> find(List<ShellLine.Word> arguments) {
        List<ShellLine.Word> paths = new ArrayList<>();
        boolean inPaths = true;
        for (int i = 0; i < arguments.size(); i++) {
            ShellLine.Word argument = arguments.get(i);
            String text = argument.text();
            if (inPaths && !text.startsWith("-") && !text.equals("(") && !text.equals("!")) {
                paths.add(argument);
                continue;
            }
            inPaths = false;
            if (FIND_TESTS.contains(text)) {
                i++;
                // A value that is not quoted can become several words, for example `-delete`.
                if (i == arguments.size() || arguments.get(i).isGlob()) {
                    return null;
                }
            } else if (!FIND_FLAGS.contains(text) || argument.isGlob()) {
                return null;
            }
        }
        return paths;
    }

    private static @Nullable List<ShellLine.Word> sed(List<ShellLine.Word> arguments) {
        int at = 0;
        boolean isQuiet = false;
        while (at < arguments.size() && arguments.get(at).text().matches("-n|-E|-r|-nE|-nr")) {
            isQuiet |= arguments.get(at).text().contains("n");
            at++;
        }
        if (at >= arguments.size()) {
            return null;
        }
        String script = arguments.get(at).isGlob() ? "" : arguments.get(at).text();
        boolean isHarmless =
                (isQuiet && SED_PRINT.matcher(script).matches())
                        || (at + 1 == arguments.size() && SED_REPLACE.matcher(script).matches());
        List<ShellLine.Word> rest = arguments.subList(at + 1, arguments.size());
        return isHarmless && rest.stream().noneMatch(w -> w.text().startsWith("-")) ? rest : null;
    }

    private static @Nullable List<ShellLine.Word> date(List<ShellLine.Word> arguments) {
        return all(arguments, "-u|-R|-I[a-z]*|--utc|--iso-8601(=[a-z]+)?|\\+.*") ? List.of() : null;
    }

    private static @Nullable List<ShellLine.Word> printf(List<ShellLine.Word> arguments) {
        return arguments.isEmpty() || arguments.getFirst().text().startsWith("-")
                ? null
                : List.of();
    }

    /// `-v` and `-R` evaluate their operand, in which a command can stand.
    private static @Nullable List<ShellLine.Word> test(List<ShellLine.Word> arguments) {
        if (arguments.stream().anyMatch(w -> w.text().matches("-[vR]"))) {
            return null;
        }
        return arguments.stream()
                .filter(w -> !w.text().matches("-[a-zA-Z]{1,2}|=|==|!=|!|\\]|-?[0-9]+"))
                .toList();
    }

    /// The words between `[[` and `]]`, in which patterns are not expanded to files. Comparisons of
    /// numbers evaluate their operands, in which a command can stand.
    private static @Nullable List<ShellLine.Word> condition(List<ShellLine.Word> all) {
        List<ShellLine.Word> words =
                all.getFirst().raw().equals("!") ? all.subList(1, all.size()) : all;
        boolean isTest =
                words.size() == 2 && words.getFirst().raw().matches("-[abcdefghknprstuwxzGLNOS]");
        if (isTest) {
            boolean isPath = !words.getFirst().raw().matches("-[nzt]");
            return isPath ? List.of(plain(words.getLast())) : List.of();
        }
        if (words.size() == 1) {
            return List.of();
        }
        boolean isComparison =
                words.size() == 3 && words.get(1).raw().matches("==?|!=") && !words.get(2).isGlob();
        return isComparison ? List.of() : null;
    }

    private static ShellLine.Word plain(ShellLine.Word word) {
        return new ShellLine.Word(word.text(), word.raw(), false);
    }

    private static boolean isVersion(List<ShellLine.Word> arguments) {
        return arguments.size() == 1 && arguments.getFirst().text().matches("--version|-version");
    }

    static boolean all(List<ShellLine.Word> words, String pattern) {
        return words.stream().allMatch(w -> w.text().matches("(?s)" + pattern));
    }

    /// The files that a command creates, moves or deletes, if it does nothing else.
    ///
    /// @return null for other commands
    static @Nullable List<ShellLine.Word> edits(List<ShellLine.Word> words) {
        String name = words.getFirst().text();
        List<ShellLine.Word> arguments = words.subList(1, words.size());
        String flags =
                switch (name) {
                    case "mkdir" -> "-[pv]+";
                    case "touch" -> "-[acm]+";
                    case "rm" -> "-[rRfv]+";
                    case "rmdir" -> "-[pv]+";
                    case "mv" -> "-[fnv]+";
                    case "cp" -> "-[rRafpnv]+";
                    case "tee" -> "-a";
                    default -> null;
                };
        if (name.equals("sed")) {
            boolean isReplace =
                    arguments.size() >= 3
                            && arguments.getFirst().text().equals("-i")
                            && !arguments.get(1).isGlob()
                            && SED_REPLACE.matcher(arguments.get(1).text()).matches();
            return isReplace && arguments.stream().skip(2).noneMatch(w -> w.text().startsWith("-"))
                    ? arguments.subList(2, arguments.size())
                    : null;
        }
        if (flags == null) {
            return null;
        }
        List<ShellLine.Word> paths = new ArrayList<>();
        for (ShellLine.Word argument : arguments) {
            if (!argument.text().startsWith("-")) {
                paths.add(argument);
            } else if (!argument.text().matches(flags)) {
                return null;
            }
        }
        return paths;
    }
}
