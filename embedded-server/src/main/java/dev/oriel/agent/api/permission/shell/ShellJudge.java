package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Command;
import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import dev.oriel.agent.api.permission.shell.ShellParser.UnclearException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Judges command lines of bash. Thread-safe.
public final class ShellJudge implements CommandJudge {
    private static final int MAX_MATCHES = 1000;
    private static final Set<String> WRAPPERS =
            Set.of(
                    "sudo",
                    "doas",
                    "env",
                    "xargs",
                    "timeout",
                    "nohup",
                    "nice",
                    "ionice",
                    "command",
                    "builtin",
                    "time",
                    "exec",
                    "eval",
                    "bash",
                    "sh",
                    "zsh",
                    "dash",
                    "ksh",
                    "busybox",
                    "watch",
                    "strace",
                    "stdbuf",
                    "setsid",
                    "parallel",
                    "find",
                    "fd",
                    "-c",
                    "-exec",
                    "-execdir",
                    "-ok",
                    "-okdir",
                    "-x",
                    "ssh",
                    "script",
                    "flock",
                    "source",
                    ".");
    private static final Set<String> SUBCOMMANDS =
            Set.of(
                    "git", "npm", "npx", "pnpm", "yarn", "cargo", "go", "gh", "docker", "kubectl",
                    "pip", "mvn", "gradle", "make", "dotnet", "bun", "uv", "poetry");

    @Override
    public Facts judge(String command, Path cwd) {
        List<String> suspects = suspects(command);
        try {
            ShellLine line = ShellParser.parse(command);
            return new Facts(null, simples(line, cwd), suspects);
        } catch (UnclearException e) {
            return new Facts(e.getMessage(), List.of(), suspects);
        }
    }

    private static List<Simple> simples(ShellLine line, Path start) throws UnclearException {
        List<Simple> simples = new ArrayList<>();
        Path cwd = start;
        for (int i = 0; i < line.commands().size(); i++) {
            Command command = line.commands().get(i);
            List<Word> words = unwrapped(command.words());
            if (words.getFirst().text().equals("cd")) {
                Path next = folder(words, cwd);
                String operator = i < line.operators().size() ? line.operators().get(i) : "";
                if (!Set.of("&&", ";", "").contains(operator)
                        || (i > 0 && !Set.of("&&", ";").contains(line.operators().get(i - 1)))) {
                    throw new UnclearException("The command changes its folder in a pipe.");
                }
                simples.add(
                        new Simple(
                                text(command),
                                true,
                                false,
                                List.of(next.toString()),
                                List.of(),
                                null));
                cwd = next;
            } else {
                simples.add(simple(command, words, cwd));
            }
        }
        return simples;
    }

    private static Path folder(List<Word> words, Path cwd) throws UnclearException {
        if (words.size() != 2
                || words.get(1).isGlob()
                || words.get(1).text().startsWith("-")
                || words.get(1).text().startsWith("~")) {
            throw new UnclearException("The folder that the command changes to is not clear.");
        }
        try {
            return cwd.resolve(words.get(1).text());
        } catch (InvalidPathException e) {
            throw new UnclearException("The folder that the command changes to is not clear.");
        }
    }

    private static Simple simple(Command command, List<Word> words, Path cwd)
            throws UnclearException {
        List<Word> redirected =
                command.writes().stream().filter(w -> !w.text().equals("/dev/null")).toList();
        List<String> writes = paths(redirected, cwd);
        List<Word> readWords = words.getFirst().isGlob() ? null : ReadOnlyCommands.reads(words);
        List<Word> editWords = words.getFirst().isGlob() ? null : ReadOnlyCommands.edits(words);
        List<String> reads = new ArrayList<>(paths(command.reads(), cwd));
        boolean isEdit = false;
        if (readWords != null) {
            reads.addAll(paths(readWords, cwd));
        } else if (editWords != null) {
            List<String> edited = paths(editWords, cwd);
            // Deleting the folder itself is no edit of a file in it.
            isEdit = edited.stream().noneMatch(p -> isAbove(p, cwd));
            List<String> all = new ArrayList<>(writes);
            all.addAll(edited);
            writes = all;
        }
        return new Simple(
                text(command),
                readWords != null,
                isEdit,
                reads,
                writes,
                suggestion(words, command));
    }

    private static boolean isAbove(String path, Path cwd) {
        return cwd.normalize().startsWith(Path.of(path).normalize());
    }

    /// The paths that operands name, absolute or beginning with `~`. A pattern is expanded as bash
    /// does.
    private static List<String> paths(List<Word> operands, Path cwd) throws UnclearException {
        List<String> paths = new ArrayList<>();
        for (Word operand : operands) {
            String text = operand.text();
            try {
                if (operand.isGlob()) {
                    paths.addAll(expand(text, cwd));
                } else if (operand.raw().startsWith("~")) {
                    paths.add(text);
                } else {
                    paths.add(cwd.resolve(text).toString());
                }
            } catch (InvalidPathException e) {
                throw new UnclearException("The command contains a path that is not valid.");
            }
        }
        return paths;
    }

    private static List<String> expand(String glob, Path cwd) throws UnclearException {
        int slash = glob.lastIndexOf('/');
        String folderText = slash < 0 ? "" : glob.substring(0, slash + 1);
        if (folderText.matches(".*[*?\\[].*") || glob.contains("**") || glob.startsWith("~")) {
            throw new UnclearException("The command contains a pattern that cannot be judged.");
        }
        Path folder = cwd.resolve(folderText);
        List<String> matches = new ArrayList<>();
        matches.add(folder.toString());
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, glob.substring(slash + 1))) {
            for (Path entry : entries) {
                matches.add(entry.toString());
                if (matches.size() > MAX_MATCHES) {
                    throw new UnclearException("The command contains a pattern with many matches.");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(folder.toString()); // matches nothing
        } catch (PatternSyntaxException e) {
            throw new UnclearException("The command contains a pattern that cannot be judged.");
        }
        return matches;
    }

    /// The words without `timeout N` and `command` before them.
    private static List<Word> unwrapped(List<Word> words) {
        List<Word> rest = words;
        while (rest.size() > 1) {
            String first = rest.getFirst().text();
            if (first.equals("command") && !rest.get(1).text().startsWith("-")) {
                rest = rest.subList(1, rest.size());
            } else if (first.equals("timeout")
                    && rest.size() > 2
                    && rest.get(1).text().matches("[0-9]+(\\.[0-9]+)?[smhd]?")) {
                rest = rest.subList(2, rest.size());
            } else {
                break;
            }
        }
        return rest;
    }

    private static String text(Command command) {
        return String.join(" ", unwrapped(command.words()).stream().map(Word::raw).toList());
    }

    private static @Nullable String suggestion(List<Word> words, Command command) {
        String name = words.getFirst().text();
        if (SUBCOMMANDS.contains(name)
                && words.size() > 1
                && words.get(1).text().matches("[a-z][a-z0-9:_-]*")) {
            return name + " " + words.get(1).text() + " *";
        }
        return text(command);
    }

    /// Everything in a command line that may be run, for rules that deny: quotes and backslashes
    /// count as nothing, and whatever separates commands separates them.
    private static List<String> suspects(String command) {
        Set<String> suspects = new LinkedHashSet<>();
        String plain = command.replaceAll("[\"'\\\\]", "");
        for (String piece : plain.split("[;&|\\n\\r(){}`<>]|\\$\\(")) {
            List<String> words =
                    List.of(piece.strip().split("[\\s\\p{Z}\\p{Cf}]+")).stream()
                            .filter(w -> !w.isEmpty())
                            .toList();
            boolean isWrapped = false;
            for (int i = 0; i < words.size(); i++) {
                boolean isStart =
                        i == 0
                                || isWrapped
                                || words.subList(0, i).stream()
                                        .allMatch(w -> w.matches("\\w+=.*|!"));
                if (isStart) {
                    add(words.subList(i, words.size()), suspects);
                }
                isWrapped |= WRAPPERS.contains(baseName(words.get(i)));
            }
        }
        return List.copyOf(suspects);
    }

    private static void add(List<String> words, Set<String> suspects) {
        List<String> plain = new ArrayList<>(words);
        plain.set(0, baseName(plain.getFirst()));
        suspects.add(String.join(" ", words));
        suspects.add(String.join(" ", plain));
        if (plain.getFirst().equals("git")) {
            // Global options stand before the subcommand.
            List<String> rest = new ArrayList<>(plain.subList(1, plain.size()));
            while (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
                boolean hasValue =
                        Set.of("-c", "-C", "--git-dir", "--work-tree", "--namespace", "--exec-path")
                                .contains(rest.removeFirst());
                if (hasValue && !rest.isEmpty()) {
                    rest.removeFirst();
                }
            }
            suspects.add("git " + String.join(" ", rest));
        }
    }

    private static String baseName(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
