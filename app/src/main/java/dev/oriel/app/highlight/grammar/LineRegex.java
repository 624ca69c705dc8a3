package dev.oriel.app.highlight.grammar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression of a grammar. It remembers where it matched in the current line: a grammar
/// asks the same expressions again after each token.
///
/// Confined to one thread at a time.
final class LineRegex {
    private final String source;
    private final boolean usesAnchor;
    private final boolean usesStart;
    private final @Nullable Search[] searches = new Search[4];

    LineRegex(String source) {
        this.source = source;
        usesAnchor = source.contains("\\G");
        usesStart = source.contains("\\A");
    }

    /// One of the four forms of the expression, which differ in whether `\A` and `\G` can match.
    private static final class Search {
        private final @Nullable Matcher matcher;
        private @Nullable BoundedText line;
        private int from;

        /// The start of the match; -1 if there is none from [#from] on.
        private int found;

        private Search(@Nullable Matcher matcher) {
            this.matcher = matcher;
        }
    }

    /// Finds the first match that starts at or after a position.
    ///
    /// @param atStart whether this is the first line, so that `\A` can match
    /// @param atAnchor whether the position is where the last rule ended, so that `\G` can match
    /// @return its start; -1 for none
    int find(BoundedText line, int from, boolean atStart, boolean atAnchor) {
        int form = (usesStart && atStart ? 1 : 0) | (usesAnchor && atAnchor ? 2 : 0);
        Search search = searches[form];
        if (search == null) {
            search = new Search(compile((form & 1) != 0, (form & 2) != 0));
            searches[form] = search;
        }
        Matcher matcher = search.matcher;
        if (matcher == null) {
            return -1;
        }
        if (search.line != line) {
            matcher.reset(line);
            search.line = line;
        } else if ((form & 2) == 0
                && search.from <= from
                && (search.found < 0 || search.found >= from)) {
            return search.found;
        }
        search.from = from;
        try {
            search.found = matcher.find(from) ? matcher.start() : -1;
        } catch (StackOverflowError _) {
            search.found = -1;
        } catch (RuntimeException e) {
            search.line = null;
            throw e;
        }
        return search.found;
    }

    /// Start and end of each group of the last match that [#find] found with these arguments; -1
    /// for a group without a match.
    int[] groups(boolean atStart, boolean atAnchor) {
        int form = (usesStart && atStart ? 1 : 0) | (usesAnchor && atAnchor ? 2 : 0);
        Search search = searches[form];
        if (search == null || search.matcher == null) {
            throw new IllegalStateException("nothing was found");
        }
        Matcher matcher = search.matcher;
        int[] groups = new int[2 * matcher.groupCount() + 2];
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups[2 * i] = matcher.start(i);
            groups[2 * i + 1] = matcher.end(i);
        }
        return groups;
    }

    private @Nullable Matcher compile(boolean atStart, boolean atAnchor) {
        try {
            String java = OnigurumaTranslator.toJava(source, atStart, atAnchor);
            return Pattern.compile(java, Pattern.MULTILINE | Pattern.UNIX_LINES).matcher("");
        } catch (PatternSyntaxException | StackOverflowError _) {
            // Such an expression matches nowhere; the rest of the grammar works. `GrammarFilesTest`
            // lists the expressions of the grammars in the package for which this is so.
            return null;
        }
    }

    /// Whether the expression can be used at all.
    boolean isUsable() {
        return compile(true, true) != null;
    }

    String source() {
        return source;
    }
}
