package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Command;
import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Everything in a command line that may be run as a command, for rules that deny or ask. Rather
/// too much than too little. Pure.
final class SuspectCommands {
    /// Programs that run a command that their arguments name, and flags before such a command.
    private static final Set<String> WRAPPERS =
            Set.of(
                    "sudo",
                    "doas",
                    "su",
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
                    "fish",
                    "busybox",
                    "watch",
                    "strace",
                    "stdbuf",
                    "setsid",
                    "chroot",
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
                    "trap",
                    ".");

    /// Programs whose arguments can be code that runs commands.
    private static final Set<String> INTERPRETERS =
            Set.of(
                    "python",
                    "python2",
                    "python3",
                    "perl",
                    "ruby",
                    "node",
                    "deno",
                    "bun",
                    "php",
                    "awk",
                    "gawk",
                    "mawk",
                    "lua",
                    "tclsh",
                    "expect",
                    "osascript",
                    "docker",
                    "podman",
                    "kubectl",
                    "npx",
                    "make",
                    "vim",
                    "vi",
                    "ed",
                    "gdb");

    private static final Set<String> VALUE_OPTIONS =
            Set.of("-c", "-C", "--git-dir", "--work-tree", "--namespace", "--exec-path");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<![\\w$])([A-Za-z_]\\w*)=([^\\s;&|()<>$`]+)");

    private SuspectCommands() {}

    /// Of a line that could not be parsed: quotes and backslashes count as nothing, and whatever
    /// separates commands separates them.
    static List<String> ofText(String command) {
        Set<String> suspects = new LinkedHashSet<>();
        addText(command, suspects);
        String replaced = withVariables(command);
        if (!replaced.equals(command)) {
            addText(replaced, suspects);
        }
        return List.copyOf(suspects);
    }

    /// Of a parsed line. What is in quotes is a command only for programs that run it.
    static List<String> of(ShellLine line) {
        Set<String> suspects = new LinkedHashSet<>();
        for (Command command : line.commands()) {
            List<String> words = command.words().stream().map(Word::text).toList();
            boolean isCode =
                    words.stream()
                            .map(SuspectCommands::baseName)
                            .anyMatch(w -> WRAPPERS.contains(w) || INTERPRETERS.contains(w));
            if (isCode) {
                addText(String.join(" ", words), suspects);
            }
            add(words, suspects);
            // As it is written, too: that is what rules of commands with quotes match.
            add(command.words().stream().map(Word::raw).toList(), suspects);
        }
        return List.copyOf(suspects);
    }

    /// The values of variables that the line itself sets, in the places where they are used.
    private static String withVariables(String command) {
        String text = command;
        Matcher set = ASSIGNMENT.matcher(command);
        while (set.find()) {
            String value = Matcher.quoteReplacement(set.group(2));
            text =
                    text.replaceAll(
                            "\\$(?:" + set.group(1) + "\\b|\\{" + set.group(1) + "\\})", value);
        }
        return text;
    }

    private static void addText(String command, Set<String> suspects) {
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
                                        .allMatch(w ->
                                                w.matches(
                                                        "\\w+=.*|!|if|then|do|else|elif|while|until"));
                if (isStart) {
                    add(words.subList(i, words.size()), suspects);
                }
                isWrapped |= WRAPPERS.contains(baseName(words.get(i)));
            }
        }
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
                if (VALUE_OPTIONS.contains(rest.removeFirst()) && !rest.isEmpty()) {
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
