package dev.oriel.app.text.markdown;

import java.util.HashSet;
import java.util.Set;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/// Parses `\(…\)`, `\[…\]`, `$…$` and `$$…$$` within a paragraph, in which Markdown would remove
/// backslashes and read stars and underscores as emphasis.
final class FormulaSpanParserFactory implements InlineContentParserFactory {
    /// The longest formula between single dollars, characters. Two amounts of money far from each
    /// other are no formula.
    private static final int LONGEST = 400;

    @Override
    public Set<Character> getTriggerCharacters() {
        return Set.of('\\', '$');
    }

    @Override
    public InlineContentParser create() {
        return new Spans();
    }

    /// Parses the formulas of one paragraph.
    private static final class Spans implements InlineContentParser {
        /// Closing delimiters that are missing in the rest of the paragraph. It is read to its end
        /// only once for each, however many opening delimiters it has.
        private final Set<String> missing = new HashSet<>();

        @Override
        public ParsedInline tryParse(InlineParserState state) {
            Scanner scanner = state.scanner();
            Position start = scanner.position();
            if (scanner.next('\\')) {
                char open = scanner.peek();
                if (open != '(' && open != '[' && open != ')' && open != ']') {
                    return ParsedInline.none();
                }
                scanner.next();
                Position after = scanner.position();
                char close = open == '(' || open == ')' ? ')' : ']';
                if ((open == '(' || open == '[') && toBackslash(scanner, close)) {
                    return formula(scanner, start);
                }
                if (close == ']') {
                    // An escaped bracket.
                    return ParsedInline.none();
                }
                // Without the closing delimiter it is text, unchanged.
                scanner.setPosition(after);
                return ParsedInline.of(
                        new Text(scanner.getSource(start, after).getContent()), after);
            }
            scanner.next();
            boolean twice = scanner.next('$');
            return (twice ? toDollars(scanner) : toDollar(scanner))
                    ? formula(scanner, start)
                    : ParsedInline.none();
        }

        private boolean toBackslash(Scanner scanner, char close) {
            String delimiter = "\\" + close;
            if (missing.contains(delimiter)) {
                return false;
            }
            while (scanner.hasNext()) {
                if (scanner.next('\\')) {
                    if (scanner.next(close)) {
                        return true;
                    }
                    scanner.next();
                } else {
                    scanner.next();
                }
            }
            missing.add(delimiter);
            return false;
        }

        private boolean toDollars(Scanner scanner) {
            if (missing.contains("$$")) {
                return false;
            }
            boolean empty = true;
            while (scanner.hasNext()) {
                if (scanner.next('\\')) {
                    scanner.next();
                } else if (scanner.next('$')) {
                    if (scanner.next('$')) {
                        return !empty;
                    }
                } else {
                    scanner.next();
                }
                empty = false;
            }
            missing.add("$$");
            return false;
        }
    }

    private static ParsedInline formula(Scanner scanner, Position start) {
        Position end = scanner.position();
        return ParsedInline.of(new Formula(scanner.getSource(start, end).getContent()), end);
    }

    /// A dollar opens before a character and closes after one, and no amount of money follows.
    private static boolean toDollar(Scanner scanner) {
        char last = scanner.peek();
        if (isBlank(last)) {
            return false;
        }
        for (int n = 0; n < LONGEST && scanner.hasNext(); n++) {
            char c = scanner.peek();
            scanner.next();
            if (c == '\\') {
                scanner.next();
            } else if (c == '`') {
                return false;
            } else if (c == '$') {
                return n > 0 && !isBlank(last) && !Character.isDigit(scanner.peek());
            }
            last = c;
        }
        return false;
    }

    private static boolean isBlank(char c) {
        return c == Scanner.END || Character.isWhitespace(c);
    }
}
