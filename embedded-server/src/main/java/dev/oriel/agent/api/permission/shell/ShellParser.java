package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Command;
import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Parses a strict subset of the language of bash: simple commands joined by `;`, `&&`, `||`, `|`
/// and line breaks, redirections to files, quotes without expansions, comments. Everything else
/// throws: expansions, substitutions, subshells, background commands, here documents, keywords,
/// functions, assignments, control characters. Bash and this parser agree on whatever it accepts.
/// Confined to one call.
final class ShellParser {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_COMMANDS = 50;
    private static final Set<String> KEYWORDS =
            Set.of(
                    "if",
                    "then",
                    "elif",
                    "else",
                    "fi",
                    "for",
                    "while",
                    "until",
                    "do",
                    "done",
                    "case",
                    "esac",
                    "select",
                    "function",
                    "coproc",
                    "in",
                    "time",
                    "!",
                    "[[",
                    "]]",
                    "{",
                    "}");

    private final String line;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> operators = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private List<Word> reads = new ArrayList<>();
    private List<Word> writes = new ArrayList<>();
    private int at;

    private ShellParser(String line) {
        this.line = line;
    }

    /// A command line that is not in the subset. The message is for the user.
    static final class UnclearException extends Exception {
        private static final long serialVersionUID = 1;

        UnclearException(String why) {
            super(why, null, false, false);
        }
    }

    static ShellLine parse(String line) throws UnclearException {
        if (line.length() > MAX_LENGTH) {
            throw new UnclearException("The command is too long to be judged.");
        }
        if (!line.codePoints().allMatch(VisibleText::contains)) {
            throw new UnclearException("The command contains invisible characters.");
        }
        ShellParser parser = new ShellParser(line);
        parser.run();
        return new ShellLine(parser.commands, parser.operators);
    }

    private void run() throws UnclearException {
        while (true) {
            skipBlanks();
            if (at >= line.length()) {
                break;
            }
            char c = line.charAt(at);
            switch (c) {
                case '\n' -> {
                    at++;
                    if (hasWords()) {
                        endCommand(";");
                    }
                }
                case ';' -> {
                    at++;
                    if (at < line.length() && line.charAt(at) == ';') {
                        throw new UnclearException("The command contains a case clause.");
                    }
                    endCommand(";");
                }
                case '|', '&' -> operator(c);
                case '<', '>' -> redirect("");
                default -> word();
            }
        }
        if (hasWords()) {
            endCommand("");
        } else if (!operators.isEmpty() && !operators.getLast().equals(";")) {
            throw new UnclearException("The command is not complete.");
        }
        if (commands.isEmpty()) {
            throw new UnclearException("There is no command.");
        }
        while (operators.size() >= commands.size()) {
            operators.removeLast();
        }
    }

    private boolean hasWords() {
        return !words.isEmpty() || !reads.isEmpty() || !writes.isEmpty();
    }

    private void endCommand(String operator) throws UnclearException {
        if (words.isEmpty()) {
            throw new UnclearException("The command is not complete.");
        }
        Word first = words.getFirst();
        if (KEYWORDS.contains(first.raw())) {
            throw new UnclearException("The command contains the keyword " + first.raw() + ".");
        }
        if (first.raw().matches("(?s)[A-Za-z_][A-Za-z0-9_]*(\\[.*)?\\+?=.*")) {
            throw new UnclearException("The command sets variables.");
        }
        commands.add(new Command(words, reads, writes));
        if (commands.size() > MAX_COMMANDS) {
            throw new UnclearException("There are too many commands to be judged.");
        }
        words = new ArrayList<>();
        reads = new ArrayList<>();
        writes = new ArrayList<>();
        if (!operator.isEmpty()) {
            operators.add(operator);
        }
    }

    private void operator(char c) throws UnclearException {
        boolean isDouble = at + 1 < line.length() && line.charAt(at + 1) == c;
        if (isDouble) {
            at += 2;
            endCommand(c == '|' ? "||" : "&&");
        } else if (c == '|') {
            at++;
            if (at < line.length() && line.charAt(at) == '&') {
                throw new UnclearException("The command contains |&.");
            }
            endCommand("|");
        } else if (at + 1 < line.length() && line.charAt(at + 1) == '>') {
            at++;
            redirect("&");
        } else {
            throw new UnclearException("The command runs something in the background.");
        }
    }

    /// @param prefix the file descriptor, or `&` for both outputs
    private void redirect(String prefix) throws UnclearException {
        char c = line.charAt(at);
        at++;
        boolean isInput = c == '<';
        if (at < line.length() && (line.charAt(at) == '<' || line.charAt(at) == '(')) {
            throw new UnclearException("The command contains a here document or substitution.");
        }
        if (at < line.length() && "|&>".indexOf(line.charAt(at)) >= 0) {
            char next = line.charAt(at);
            if (isInput || next == '|' || (next == '&' && prefix.equals("&"))) {
                throw new UnclearException("The command contains an unusual redirection.");
            }
            at++;
            if (next == '&') {
                if (at < line.length()
                        && (line.charAt(at) == '1' || line.charAt(at) == '2')
                        && (at + 1 == line.length()
                                || " \t\n;|&<>".indexOf(line.charAt(at + 1)) >= 0)) {
                    at++; // the other output of the command
                    return;
                }
                throw new UnclearException("The command contains an unusual redirection.");
            }
        }
        skipBlanks();
        if (at >= line.length() || "\n;|&<>()#".indexOf(line.charAt(at)) >= 0) {
            throw new UnclearException("The command contains an unusual redirection.");
        }
        Word target = readWord();
        if (target.isGlob() || target.text().isEmpty()) {
            throw new UnclearException("The command contains an unusual redirection.");
        }
        (isInput ? reads : writes).add(target);
    }

    private void word() throws UnclearException {
        if (line.charAt(at) == '#') {
            while (at < line.length() && line.charAt(at) != '\n') {
                at++;
            }
            return;
        }
        Word word = readWord();
        boolean isDescriptor =
                at < line.length()
                        && "<>".indexOf(line.charAt(at)) >= 0
                        && word.raw().matches("[0-9]+");
        if (!isDescriptor) {
            words.add(word);
        } else if (word.raw().equals("1") || word.raw().equals("2")) {
            redirect(word.raw());
        } else {
            throw new UnclearException("The command contains an unusual redirection.");
        }
    }

    private Word readWord() throws UnclearException {
        int start = at;
        StringBuilder text = new StringBuilder();
        boolean isGlob = false;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (" \t\n;|&<>".indexOf(c) >= 0) {
                break;
            }
            switch (c) {
                case '\'' -> {
                    int end = line.indexOf('\'', at + 1);
                    if (end < 0) {
                        throw new UnclearException("A quote is not closed.");
                    }
                    text.append(line, at + 1, end);
                    at = end + 1;
                }
                case '"' -> quoted(text);
                case '\\' -> {
                    if (at + 1 >= line.length() || line.charAt(at + 1) == '\n') {
                        throw new UnclearException("A line is continued.");
                    }
                    text.append(line.charAt(at + 1));
                    at += 2;
                }
                case '$', '`' -> throw new UnclearException("The command contains an expansion.");
                case '(', ')' -> throw new UnclearException("The command contains a subshell.");
                case '{', '}' -> throw new UnclearException("The command contains braces.");
                case '*', '?', '[' -> {
                    isGlob = true;
                    text.append(c);
                    at++;
                }
                case '~' -> {
                    if (isTilde(start)) {
                        throw new UnclearException("The command names a user's home folder.");
                    }
                    text.append(c);
                    at++;
                }
                case '!' -> {
                    if (at > start) {
                        throw new UnclearException("The command may expand the history.");
                    }
                    text.append(c);
                    at++;
                }
                default -> {
                    text.append(c);
                    at++;
                }
            }
        }
        String raw = line.substring(start, at);
        return new Word(text.toString(), raw, isGlob && !raw.equals("["));
    }

    /// Whether bash expands the tilde to something that is not judged: all but `~` and `~/…` at the
    /// start of a word. It also expands after `=` and `:` in some words.
    private boolean isTilde(int start) {
        if (at > start) {
            char before = line.charAt(at - 1);
            return before == '=' || before == ':';
        }
        return at + 1 < line.length() && "/ \t\n;|&<>".indexOf(line.charAt(at + 1)) < 0;
    }

    private void quoted(StringBuilder text) throws UnclearException {
        at++;
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at);
            if (c == '$' || c == '`' || c == '\\' || c == '!') {
                throw new UnclearException("The command contains an expansion in quotes.");
            }
            text.append(c);
            at++;
        }
        if (at >= line.length()) {
            throw new UnclearException("A quote is not closed.");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }
}
