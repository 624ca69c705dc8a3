package dev.oriel.agent.api.tool.shell;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What can be said of a command by its words, for texts only: never for a permission. Pure.
final class CommandFacts {
    private static final Pattern SLEEP =
            Pattern.compile("\\s*sleep\\s+(\\d{1,9}(?:\\.\\d{1,9})?)([smhd]?)\\s*;?\\s*");
    private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[|;&\n]");
    private static final Set<String> SILENT =
            Set.of(
                    "mv", "cp", "rm", "mkdir", "rmdir", "chmod", "chown", "chgrp", "touch", "ln",
                    "cd", "export", "unset", "wait");

    private CommandFacts() {}

    /// The command without space at both ends, if all it does is wait for two seconds or more.
    static @Nullable String longSleep(String command) {
        Matcher sleep = SLEEP.matcher(command);
        if (!sleep.matches()) {
            return null;
        }
        double seconds = Double.parseDouble(sleep.group(1));
        boolean isLong =
                seconds >= 2 || "mhd".contains(sleep.group(2).isEmpty() ? "s" : sleep.group(2));
        return isLong ? command.strip() : null;
    }

    /// Whether a command usually prints nothing.
    static boolean isSilent(String command) {
        List<String> programs = programs(command);
        return !programs.isEmpty() && SILENT.containsAll(programs);
    }

    /// What an exit code means that is not an error; null if it is one.
    static @Nullable String meaning(String command, int exitCode) {
        List<String> programs = programs(command);
        if (exitCode != 1 || programs.isEmpty()) {
            return null;
        }
        return switch (programs.getLast()) {
            case "grep", "egrep", "fgrep", "rg" -> "No matches found";
            case "find" -> "Some directories were inaccessible";
            case "diff", "cmp" -> "Files differ";
            case "test", "[" -> "Condition is false";
            default -> null;
        };
    }

    /// A time in words, such as `1m 30s`.
    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return time.toMillis() + "ms";
        }
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m " + seconds % 60 + "s";
    }

    /// Whether a command whose time has passed goes on in the background. One that begins by
    /// waiting has nothing to go on with.
    static boolean mayMoveOn(String command) {
        List<String> programs = programs(command);
        return !programs.isEmpty() && !programs.getFirst().equals("sleep");
    }

    private static List<String> programs(String command) {
        return Arrays.stream(SEPARATOR.split(command))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("\\s", 2)[0])
                .toList();
    }
}
