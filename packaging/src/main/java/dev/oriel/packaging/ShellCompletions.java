package dev.oriel.packaging;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Generates completions for zsh and fish from a picocli command. Picocli itself generates those
/// for bash.
///
/// A command may have options and one level of subcommands with options.
final class ShellCompletions {
    private final String name;
    private final CommandSpec command;

    ShellCompletions(String name, CommandSpec command) {
        this.name = name;
        this.command = command;
    }

    /// Calls of fish's `complete`, one on each line.
    String formatFish() {
        List<String> lines = new ArrayList<>();
        lines.add("# fish completions for " + name + ".");
        lines.add("complete -c " + name + " -f");
        boolean alone = command.subcommands().isEmpty();
        fishOptions(lines, alone ? "" : " -n __fish_use_subcommand", command);
        command.subcommands()
                .forEach((word, below) -> {
                    CommandSpec spec = below.getCommandSpec();
                    lines.add(
                            "complete -c %s -n __fish_use_subcommand -a %s -d %s"
                                    .formatted(name, word, quoted(summary(spec))));
                    fishOptions(lines, " -n '__fish_seen_subcommand_from " + word + "'", spec);
                });
        return String.join("\n", lines) + "\n";
    }

    private void fishOptions(List<String> lines, String when, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            String names =
                    Arrays.stream(option.names())
                            .map(n ->
                                    n.startsWith("--")
                                            ? "-l " + n.substring(2)
                                            : "-s " + n.substring(1))
                            .collect(Collectors.joining(" "));
            lines.add(
                    "complete -c %s%s %s%s -d %s"
                            .formatted(
                                    name, when, names, fishValue(option), quoted(summary(option))));
        }
    }

    private static String fishValue(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String required = option.arity().min() == 0 ? "" : " -r";
        List<String> words = words(option);
        if (!words.isEmpty()) {
            return required + " -f -a " + quoted(String.join(" ", words));
        }
        return required + (isFile(option) ? " -F" : " -f");
    }

    /// A function for zsh's `compinit`, for a file with the name `_NAME`.
    String formatZsh() {
        List<String> lines = new ArrayList<>();
        lines.add("#compdef " + name);
        lines.add("# zsh completions for " + name + ".");
        if (command.subcommands().isEmpty()) {
            lines.add("_arguments \\");
            lines.addAll(zshOptions("  ", command));
            lines.add("  '*: :'");
            return String.join("\n", lines) + "\n";
        }
        lines.add("local line state");
        lines.add("_arguments -C \\");
        lines.addAll(zshOptions("  ", command));
        lines.add("  '1: :->command' \\");
        lines.add("  '*:: :->options'");
        lines.add("case $state in");
        lines.add("  command)");
        lines.add("    local -a commands=(");
        command.subcommands()
                .forEach((word, below) ->
                        lines.add("      " + quoted(word + ":" + summary(below.getCommandSpec()))));
        lines.add("    )");
        lines.add("    _describe command commands");
        lines.add("    ;;");
        lines.add("  options)");
        lines.add("    case $line[1] in");
        command.subcommands()
                .forEach((word, below) -> {
                    lines.add("      " + word + ")");
                    lines.add("        _arguments \\");
                    lines.addAll(zshOptions("          ", below.getCommandSpec()));
                    lines.add("          '*: :'");
                    lines.add("        ;;");
                });
        lines.add("    esac");
        lines.add("    ;;");
        lines.add("esac");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> zshOptions(String indent, CommandSpec spec) {
        List<String> lines = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            // An option is not proposed again after its first use unless it takes several values.
            String others =
                    option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
            String text = summary(option).replace("[", "\\[").replace("]", "\\]");
            for (String each : option.names()) {
                String mark = option.arity().max() > 0 && each.startsWith("--") ? "=" : "";
                lines.add(
                        indent
                                + quoted(others + each + mark + "[" + text + "]" + zshValue(option))
                                + " \\");
            }
        }
        return lines;
    }

    private static String zshValue(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String label = option.paramLabel().replaceAll("[\\[\\]:]", " ").strip();
        String start = (option.arity().min() == 0 ? "::" : ":") + label + ":";
        List<String> words = words(option);
        if (!words.isEmpty()) {
            return start + "(" + String.join(" ", words) + ")";
        }
        return start + (isFile(option) ? "_files" : " ");
    }

    /// The allowed values of an option if they are a fixed set; otherwise empty.
    private static List<String> words(ArgSpec option) {
        Iterable<String> candidates = option.completionCandidates();
        if (candidates == null) {
            String label = option.paramLabel();
            return label.contains("|") ? List.of(label.split("\\|")) : List.of();
        }
        return StreamSupport.stream(candidates.spliterator(), false).toList();
    }

    private static boolean isFile(OptionSpec option) {
        return Path.class.equals(option.type())
                || List.of("FILE", "DIR").contains(option.paramLabel());
    }

    private static String summary(CommandSpec spec) {
        return sentence(spec.usageMessage().description());
    }

    private static String summary(OptionSpec option) {
        return sentence(option.description());
    }

    /// The first sentence without its full stop and without a default value in parentheses, which
    /// would be that of the machine of the build.
    private static String sentence(String[] description) {
        String text = String.join(" ", description).replace("%n", " ").replace("%%", "%");
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.replaceAll("\\s+", " ")
                .replaceAll(" \\([^()]*\\)(?=\\.?$)", "")
                .replaceAll("\\.$", "");
    }

    /// In single quotes, as both shells read them: a quote inside is closed, escaped and reopened.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
