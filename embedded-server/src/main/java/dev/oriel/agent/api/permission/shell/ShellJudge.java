package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Command;
import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import dev.oriel.platform.RealPath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Judges command lines of bash. Thread-safe.
public final class ShellJudge implements CommandJudge {
    /// Programs that run others: what follows is no subcommand.
    private static final Set<String> RUNNERS =
            Set.of(
                    "sudo", "doas", "su", "env", "xargs", "time", "nohup", "nice", "bash", "sh",
                    "zsh", "dash", "ksh", "fish", "exec", "eval", "command", "builtin", "source",
                    ".", "setsid", "stdbuf", "watch", "ssh", "chroot", "unset", "export", "kill");

    private static final Pattern CLIMBS =
            Pattern.compile("(?:.*/)?(?!\\.\\.?/)[^/]+/\\.\\.(?:/.*)?", Pattern.DOTALL);

    private final boolean isTrusted;
    private final Map<String, String> variables;

    /// @param folderTrusted whether git may run without asking: the settings of the repository name
    ///   programs that it runs
    /// @param home the user's home, the value of `HOME` in the shell
    public ShellJudge(boolean folderTrusted, Path home) {
        isTrusted = folderTrusted;
        variables = Map.of("HOME", home.toString());
    }

    @Override
    public Facts judge(String command, Path cwd) {
        ShellLine line;
        try {
            line = ShellParser.parse(command, variables);
        } catch (UnclearException e) {
            return new Facts(e.getMessage(), List.of(), SuspectCommands.ofText(command));
        }
        List<String> suspects = SuspectCommands.of(line);
        try {
            return new Facts(null, simples(line, cwd), suspects);
        } catch (UnclearException e) {
            return new Facts(e.getMessage(), List.of(), suspects);
        }
    }

    private List<Simple> simples(ShellLine line, Path start) throws UnclearException {
        List<Simple> simples = new ArrayList<>();
        Path cwd = start;
        // A command of a loop can also run after those that follow it.
        boolean hasWritten = line.hasStructure() && !isReadOnly(line);
        for (int i = 0; i < line.commands().size(); i++) {
            Command command = line.commands().get(i);
            List<Word> words = unwrapped(command.words());
            if (words.getFirst().text().equals("cd")) {
                Path next = folder(words, cwd);
                boolean isCertain =
                        !hasWritten && Files.isDirectory(next) && Files.isExecutable(next);
                if (line.hasStructure()
                        || command.words().getFirst().text().equals("timeout")
                        || !isFollowed(line.operators(), i, isCertain)) {
                    throw new UnclearException("Where the command runs is not clear.");
                }
                simples.add(
                        new Simple(
                                text(command),
                                true,
                                false,
                                List.of(next.toString()),
                                List.of(),
                                true,
                                null));
                cwd = next;
            } else {
                boolean hasGlob = words.stream().anyMatch(Word::isGlob);
                if (hasWritten && hasGlob) {
                    throw new UnclearException("The files of a pattern are not known yet.");
                }
                Simple simple =
                        simple(command, words, cwd, !cwd.equals(start), line.hasStructure());
                if (simple.isReadOnly()
                        && words.getFirst().text().equals("git")
                        && (!isTrusted || hasWritten || isBareRepository(cwd))) {
                    simple =
                            new Simple(
                                    simple.text(),
                                    false,
                                    false,
                                    simple.reads(),
                                    simple.writes(),
                                    simple.takesRules(),
                                    simple.suggestion());
                }
                hasWritten |= !simple.writes().isEmpty() || !simple.isReadOnly();
                simples.add(simple);
            }
        }
        return simples;
    }

    private static boolean isReadOnly(ShellLine line) {
        return line.commands().stream()
                .allMatch(c ->
                        c.writes().stream().allMatch(w -> w.text().equals("/dev/null"))
                                && ReadOnlyCommands.reads(unwrapped(c.words())) != null);
    }

    /// Whether the commands after `cd` only run in its folder.
    ///
    /// @param at the index of `cd`
    /// @param isCertain whether it succeeds if it runs
    private static boolean isFollowed(List<String> operators, int at, boolean isCertain) {
        List<String> before = operators.subList(0, at);
        List<String> after = operators.subList(at, operators.size());
        if (!after.isEmpty() && after.getFirst().equals("|")) {
            return false;
        }
        return after.stream().allMatch(o -> o.equals("&&") || o.equals("|"))
                ? before.stream().allMatch(o -> o.equals("&&") || o.equals(";"))
                : isCertain && before.stream().allMatch(";"::equals);
    }

    private static Path folder(List<Word> words, Path cwd) throws UnclearException {
        if (words.size() != 2
                || words.get(1).isGlob()
                || words.get(1).text().startsWith("-")
                || words.get(1).text().startsWith("~")) {
            throw new UnclearException("The folder that the command changes to is not clear.");
        }
        try {
            Path next = cwd.resolve(words.get(1).text());
            // Bash takes `..` after a link for the link's parent, everything else for the target's.
            if (!RealPath.of(next).equals(RealPath.of(next.normalize()))) {
                throw new UnclearException("The folder that the command changes to is not clear.");
            }
            return next;
        } catch (InvalidPathException | IOException e) {
            throw new UnclearException("The folder that the command changes to is not clear.");
        }
    }

    /// Whether git takes the folder or one around it for a repository although it has no `.git`:
    /// then its settings can be ordinary files of the project.
    private static boolean isBareRepository(Path folder) {
        for (Path at = folder.normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return false;
            }
            if (Files.exists(at.resolve("HEAD")) && Files.exists(at.resolve("objects"))) {
                return true;
            }
        }
        return false;
    }

    /// @param hasMoved whether `cwd` is another folder than that in which the line starts
    private static Simple simple(
            Command command, List<Word> words, Path cwd, boolean hasMoved, boolean isInStructure)
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
            isEdit =
                    edited.stream().noneMatch(p -> isAbove(p, cwd))
                            && !(isRecursive(words)
                                    && edited.stream().anyMatch(ShellJudge::hasHidden));
            List<String> all = new ArrayList<>(writes);
            all.addAll(edited);
            writes = all;
        }
        // As the CLI does, which does not resolve the links before `..`.
        boolean climbs =
                words.stream()
                        .skip(1)
                        .anyMatch(w ->
                                CLIMBS.matcher(w.text()).matches()
                                        || (hasMoved && w.text().startsWith("..")));
        boolean takesRules = !climbs && !isInStructure;
        boolean isEndless = readWords != null && reads.stream().anyMatch(ShellJudge::isNoFile);
        return new Simple(
                text(command),
                readWords != null && !isEndless && !climbs,
                isEdit && !climbs,
                reads,
                writes,
                takesRules,
                takesRules ? suggestion(words, command) : null);
    }

    /// Whether a path is a device or a pipe, which can be read without end.
    private static boolean isNoFile(String path) {
        Path file = Path.of(path);
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    private static boolean isRecursive(List<Word> words) {
        String name = words.getFirst().text();
        return name.equals("mv")
                || (Set.of("rm", "cp").contains(name)
                        && words.stream().anyMatch(w -> w.text().matches("-[a-zA-Z]*[rRa].*")));
    }

    /// Whether a folder contains hidden files, among which can be those that other programs run.
    private static boolean hasHidden(String path) {
        Path folder = Path.of(path);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, ".*")) {
            return hidden.iterator().hasNext();
        } catch (IOException | DirectoryIteratorException e) {
            return true;
        }
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
                    paths.addAll(GlobMatches.of(text, cwd));
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

    /// The rule that is offered for a command: its first two words and whatever follows, if the
    /// second can be the name of a subcommand; otherwise the command as it is.
    private static String suggestion(List<Word> words, Command command) {
        boolean isPlain =
                words.size() > 1
                        && words.get(0).raw().matches("[A-Za-z0-9_.-]+")
                        && words.get(1).raw().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")
                        && !RUNNERS.contains(words.get(0).raw());
        return isPlain ? words.get(0).raw() + " " + words.get(1).raw() + " *" : text(command);
    }
}
