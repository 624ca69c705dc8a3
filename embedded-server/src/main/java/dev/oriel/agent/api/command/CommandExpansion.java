package dev.oriel.agent.api.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts arguments and the output of commands into the text of a command file. Pure, except for the
/// commands.
final class CommandExpansion {
    static final int MAX_TEXT = 300_000;
    static final int MAX_COMMANDS = 20;
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(?:ARGUMENTS(?:\\[(\\d{1,3})])?|(\\d{1,2})(?!\\d))");
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w`])!`([^`\\n]+)`");

    /// Stands for a dollar sign in output. Not in the text of any file, which is UTF-8.
    private static final String ESCAPE = "\uD800";

    private CommandExpansion() {}

    /// @param body of the command file
    /// @param arguments what follows the command's name
    /// @param shell runs a command and returns its output, or why it did not run
    static String expand(String body, String arguments, UnaryOperator<String> shell) {
        // Commands first: an argument must not become one.
        return withArguments(withCommands(body, arguments, shell), arguments);
    }

    private static String withCommands(String body, String arguments, UnaryOperator<String> shell) {
        Matcher commands = COMMAND.matcher(body);
        StringBuilder text = new StringBuilder();
        int count = 0;
        while (commands.find() && text.length() < MAX_TEXT) {
            String command = commands.group(1);
            // What a user types must not be taken apart by the shell either.
            String output =
                    ++count > MAX_COMMANDS
                            ? "[not run: too many commands]"
                            : PLACEHOLDER.matcher(command).find() && !arguments.isBlank()
                                    ? "[not run: commands cannot have arguments]"
                                    : shell.apply(PLACEHOLDER.matcher(command).replaceAll(""));
            // Placeholders in the output are no placeholders.
            commands.appendReplacement(text, Matcher.quoteReplacement(output.replace("$", ESCAPE)));
        }
        commands.appendTail(text);
        return text.toString();
    }

    private static String withArguments(String body, String arguments) {
        List<String> words = words(arguments);
        Matcher places = PLACEHOLDER.matcher(body);
        StringBuilder text = new StringBuilder();
        boolean isUsed = false;
        while (places.find()) {
            isUsed = true;
            String value = arguments;
            if (places.group(1) != null) {
                value = word(words, Integer.parseInt(places.group(1)));
            } else if (places.group(2) != null) {
                value = word(words, Integer.parseInt(places.group(2)) - 1);
            }
            if (text.length() < MAX_TEXT) {
                places.appendReplacement(text, Matcher.quoteReplacement(value));
            }
        }
        places.appendTail(text);
        if (!isUsed && !arguments.isBlank()) {
            text.append("\n\nARGUMENTS: ").append(arguments);
        }
        String all = text.toString().replace(ESCAPE, "$");
        return all.length() <= MAX_TEXT ? all : all.substring(0, MAX_TEXT);
    }

    private static String word(List<String> words, int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /// Words are separated by white space; quotation marks keep it together.
    static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isWord = false;
        char quote = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && !isWord && (c == '"' || c == '\'')) {
                quote = c;
                isWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (isWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isWord = false;
            } else {
                word.append(c);
                isWord = true;
            }
        }
        if (isWord) {
            words.add(word.toString());
        }
        return words;
    }
}
