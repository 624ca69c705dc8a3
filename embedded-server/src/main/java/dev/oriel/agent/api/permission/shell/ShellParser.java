package dev.oriel.agent.api.permission.shell;

import dev.oriel.agent.api.permission.shell.ShellLine.Command;
import dev.oriel.agent.api.permission.shell.ShellLine.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Parses a strict subset of the language of bash: simple commands joined by `;`, `&&`, `||`, `|`
/// and line breaks, `!`, `if`, `while`, `until`, `for` and `[[ ]]`, redirections to files, here
/// documents that are not expanded, quotes, known variables, comments. Everything else throws:
/// other expansions, substitutions, subshells, groups, background commands, `case`, functions,
/// assignments before commands, control characters. Whatever it accepts, bash runs no other
/// commands and words. Confined to one call.
final class ShellParser {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_COMMANDS = 50;
    private static final String INCOMPLETE = "The command is not complete.";
    private static final String UNUSUAL = "The command contains an unusual redirection.";
    private static final Set<String> UNSUPPORTED =
            Set.of("case", "esac", "select", "function", "coproc", "in", "time", "]]", "{", "}");
    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "!");

    /// The part of a control structure that is being read.
    private enum Part {
        CONDITION,
        THEN,
        ELSE,
        LOOP_CONDITION,
        LOOP_WORDS,
        LOOP_BODY
    }

    private final ShellWords in;
    private final List<Command> commands = new ArrayList<>();
    private final List<String> operators = new ArrayList<>();
    private final Deque<Part> parts = new ArrayDeque<>();
    private List<Word> words = new ArrayList<>();
    private List<Word> reads = new ArrayList<>();
    private List<Word> writes = new ArrayList<>();

    /// The operator before the next command; empty after a keyword.
    private String before = ";";

    /// How many commands there were when the part began.
    private int partStart;

    private boolean isNegated;
    private boolean isClosed; // a control structure has just ended
    private boolean hasStructure;
    private boolean hasHereText;

    private ShellParser(String line, Map<String, String> variables) {
        this.in = new ShellWords(line, variables);
    }

    static ShellLine parse(String line) throws UnclearException {
        return parse(line, Map.of());
    }

    /// @param variables the values of the variables that are known, for example `HOME`
    static ShellLine parse(String line, Map<String, String> variables) throws UnclearException {
        if (line.length() > MAX_LENGTH) {
            throw new UnclearException("The command is too long to be judged.");
        }
        if (!line.codePoints().allMatch(VisibleText::contains)) {
            throw new UnclearException("The command contains invisible characters.");
        }
        ShellParser parser = new ShellParser(ShellWords.joinLines(line), variables);
        parser.run();
        return new ShellLine(parser.commands, parser.operators, parser.hasStructure);
    }

    private void run() throws UnclearException {
        while (true) {
            in.skipBlanks();
            if (in.isAtEnd()) {
                break;
            }
            char c = in.next();
            switch (c) {
                case '\n' -> {
                    in.endLine();
                    if (hasWords() || isClosed) {
                        endCommand(";");
                    } else if (isNegated) {
                        throw new UnclearException(INCOMPLETE);
                    }
                }
                case ';' -> {
                    in.at++;
                    if (in.next() == ';') {
                        throw new UnclearException("The command contains a case clause.");
                    }
                    endCommand(";");
                }
                case '|', '&' -> operator(c);
                case '<', '>' -> redirect("");
                default -> word();
            }
        }
        if (hasWords() || isClosed) {
            endCommand(";");
        }
        in.end();
        if (!before.equals(";") || !parts.isEmpty() || isNegated) {
            throw new UnclearException(INCOMPLETE);
        }
        if (commands.isEmpty()) {
            throw new UnclearException("There is no command.");
        }
        if (commands.size() > 1 && commands.stream().anyMatch(ShellParser::isAssignment)) {
            throw new UnclearException("The command sets variables.");
        }
        if (hasStructure) {
            operators.clear();
            operators.addAll(Collections.nCopies(commands.size(), ";"));
        }
        while (operators.size() >= commands.size()) {
            operators.removeLast();
        }
    }

    private static boolean isAssignment(Command command) {
        return command.words().getFirst().isAssignment();
    }

    private boolean hasWords() {
        return !words.isEmpty() || !reads.isEmpty() || !writes.isEmpty() || hasHereText;
    }

    private void endCommand(String operator) throws UnclearException {
        if (isClosed) {
            isClosed = false;
        } else {
            addCommand();
        }
        before = operator;
        operators.add(operator);
        isNegated = false;
    }

    private void addCommand() throws UnclearException {
        if (words.isEmpty() || parts.peek() == Part.LOOP_WORDS) {
            throw new UnclearException(INCOMPLETE);
        }
        Word first = words.getFirst();
        if (UNSUPPORTED.contains(first.raw())) {
            throw new UnclearException("The command contains the keyword " + first.raw() + ".");
        }
        if (first.raw().equals("[[") && (words.size() < 3 || !words.getLast().raw().equals("]]"))) {
            throw new UnclearException("The command contains a condition that is not clear.");
        }
        if ((first.isGlob() && !first.isAssignment()) || first.raw().startsWith("$")) {
            throw new UnclearException("The name of the command is not clear.");
        }
        boolean isAlone = words.size() == 1 && reads.isEmpty() && writes.isEmpty() && !hasHereText;
        if (first.raw().matches("(?s)[A-Za-z_][A-Za-z0-9_]*(\\[.*)?\\+?=.*")
                && !(isAlone && first.isAssignment() && !hasStructure)) {
            throw new UnclearException("The command sets variables.");
        }
        commands.add(new Command(words, reads, writes));
        if (commands.size() > MAX_COMMANDS) {
            throw new UnclearException("There are too many commands to be judged.");
        }
        words = new ArrayList<>();
        reads = new ArrayList<>();
        writes = new ArrayList<>();
        hasHereText = false;
    }

    private void operator(char c) throws UnclearException {
        in.at++;
        char second = in.next();
        if (second == c) {
            in.at++;
            endCommand(c == '|' ? "||" : "&&");
        } else if (c == '|' && second == '&') {
            throw new UnclearException("The command contains |&.");
        } else if (c == '|') {
            endCommand("|");
        } else if (second == '>') {
            redirect("&");
        } else {
            throw new UnclearException("The command runs something in the background.");
        }
    }

    /// @param prefix the file descriptor, or `&` for both outputs
    private void redirect(String prefix) throws UnclearException {
        if (isClosed || parts.peek() == Part.LOOP_WORDS) {
            throw new UnclearException("The redirection of a control structure is not judged.");
        }
        boolean isInput = in.next() == '<';
        in.at++;
        char next = in.next();
        if (isInput && next == '<' && prefix.isEmpty()) {
            in.at++;
            hasHereText = true;
            if (in.next() == '<') {
                in.at++;
                readTarget();
            } else {
                in.beginHereDocument();
            }
            return;
        }
        if (next == '<' || next == '(') {
            throw new UnclearException("The command contains a here document or substitution.");
        }
        if (next != '\0' && "|&>".indexOf(next) >= 0) {
            if (isInput || next == '|' || (next == '&' && prefix.equals("&"))) {
                throw new UnclearException(UNUSUAL);
            }
            in.at++;
            if (next == '&') {
                duplicate();
                return;
            }
        }
        (isInput ? reads : writes).add(readTarget());
    }

    /// After `>&`: the other output of the command.
    private void duplicate() throws UnclearException {
        boolean isOutput = in.next() == '1' || in.next() == '2';
        in.at++;
        if (!isOutput || (!in.isAtEnd() && " \t\n;|&<>".indexOf(in.next()) < 0)) {
            throw new UnclearException(UNUSUAL);
        }
    }

    private Word readTarget() throws UnclearException {
        in.skipBlanks();
        if (in.isAtEnd() || "\n;|&<>()#".indexOf(in.next()) >= 0) {
            throw new UnclearException(UNUSUAL);
        }
        Word target = in.read();
        boolean isNumber = target.raw().matches("[0-9]+") && (in.next() == '<' || in.next() == '>');
        if (target.isGlob() || target.text().isEmpty() || isNumber) {
            throw new UnclearException(UNUSUAL);
        }
        return target;
    }

    private void word() throws UnclearException {
        if (in.next() == '#') {
            while (!in.isAtEnd() && in.next() != '\n') {
                in.at++;
            }
            return;
        }
        Word word = in.read();
        char next = in.next();
        if ((next == '<' || next == '>') && word.raw().matches("[0-9]+")) {
            if (!word.raw().equals("1") && !word.raw().equals("2")) {
                throw new UnclearException(UNUSUAL);
            }
            redirect(word.raw());
        } else if (isClosed) {
            throw new UnclearException(INCOMPLETE);
        } else if (!hasWords() && KEYWORDS.contains(word.raw())) {
            keyword(word.raw());
        } else {
            words.add(word);
        }
    }

    private void keyword(String word) throws UnclearException {
        hasStructure = true;
        switch (word) {
            case "!" -> {
                if (isNegated || before.equals("|")) {
                    throw new UnclearException("The command contains an unusual negation.");
                }
                isNegated = true;
            }
            case "if" -> open(Part.CONDITION);
            case "while", "until" -> open(Part.LOOP_CONDITION);
            case "for" -> {
                readLoopWords();
                open(Part.LOOP_WORDS);
            }
            case "then" -> follow(Set.of(Part.CONDITION), Part.THEN);
            case "elif" -> follow(Set.of(Part.THEN), Part.CONDITION);
            case "else" -> follow(Set.of(Part.THEN), Part.ELSE);
            case "do" -> follow(Set.of(Part.LOOP_CONDITION, Part.LOOP_WORDS), Part.LOOP_BODY);
            case "fi" -> close(Set.of(Part.THEN, Part.ELSE));
            default -> close(Set.of(Part.LOOP_BODY));
        }
    }

    private void open(Part part) throws UnclearException {
        if (parts.peek() == Part.LOOP_WORDS) {
            throw new UnclearException(INCOMPLETE);
        }
        parts.push(part);
        begin();
    }

    private void begin() {
        before = "";
        isNegated = false;
        partStart = commands.size();
    }

    private void requireEndOf(Set<Part> expected) throws UnclearException {
        Part part = parts.peek();
        boolean isComplete =
                part == Part.LOOP_WORDS || (before.equals(";") && commands.size() > partStart);
        if (part == null || !expected.contains(part) || !isComplete || isNegated) {
            throw new UnclearException(INCOMPLETE);
        }
    }

    private void follow(Set<Part> expected, Part next) throws UnclearException {
        requireEndOf(expected);
        parts.pop();
        parts.push(next);
        begin();
    }

    private void close(Set<Part> expected) throws UnclearException {
        requireEndOf(expected);
        parts.pop();
        isClosed = true;
    }

    /// `NAME in WORDS`. Names in capitals can change how commands are found and run.
    private void readLoopWords() throws UnclearException {
        in.skipBlanks();
        String name = in.isAtEnd() ? "" : in.read().raw();
        in.skipBlanks();
        String second = in.isAtEnd() ? "" : in.read().raw();
        if (!name.matches("[a-z_][a-z0-9_]*") || !second.equals("in")) {
            throw new UnclearException("The command contains a loop that is not clear.");
        }
        in.skipBlanks();
        while (!in.isAtEnd() && in.next() != ';' && in.next() != '\n') {
            if ("|&<>#".indexOf(in.next()) >= 0 || in.read().isGlob()) {
                throw new UnclearException("The command contains a loop that is not clear.");
            }
            in.skipBlanks();
        }
        if (in.isAtEnd() || in.next() == '\n') {
            return; // the line break is read with the command
        }
        in.at++;
        if (in.next() == ';') {
            throw new UnclearException("The command contains a case clause.");
        }
    }
}
