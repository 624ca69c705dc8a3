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
    /// With more characters at which a match can start, the matcher is faster at skipping the
    /// others itself.
    private static final int MAX_STARTS = 40;

    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final RegexFacts NOWHERE =
            new RegexFacts(CharacterSet.NONE, LineRequirement.NONE);

    private final String source;
    private final CharacterSet.Classes classes;
    private final boolean usesAnchor;
    private final boolean usesStart;
    private final @Nullable Search[] searches = new Search[4];

    /// @param classes shared by the expressions of a library
    LineRegex(String source, CharacterSet.Classes classes) {
        this.source = source;
        this.classes = classes;
        usesAnchor = source.contains("\\G");
        usesStart = source.contains("\\A");
    }

    /// One of the four forms of the expression, which differ in whether `\A` and `\G` can match.
    private static final class Search {
        private final Matcher matcher;
        private final RegexFacts facts;
        private final boolean anchored;
        private final boolean startsRarely;
        private @Nullable BoundedText line;
        private int from;

        /// The start of the match; -1 if there is none from [#from] on.
        private int found;

        /// @param anchored whether `\G` can match, so that the result holds only for this position
        private Search(Matcher matcher, RegexFacts facts, boolean anchored) {
            this.matcher = matcher;
            this.facts = facts;
            this.anchored = anchored;
            startsRarely = !anchored && facts.start().size() <= MAX_STARTS;
            // A region is where a match can start; what is before it counts.
            matcher.useAnchoringBounds(false).useTransparentBounds(true);
        }

        int find(BoundedText text, int start) {
            if (line != text) {
                line = null;
                matcher.reset(text);
            } else if (!anchored && from <= start && (found < 0 || found >= start)) {
                return found;
            }
            try {
                found = facts.requirement().isMetBy(text.characters()) ? search(text, start) : -1;
            } catch (StackOverflowError _) {
                found = -1;
            } catch (RuntimeException e) {
                line = null;
                throw e;
            }
            line = text;
            from = start;
            return found;
        }

        private int search(BoundedText text, int start) {
            int at = anchored ? start : text.next(facts.start(), start);
            if (!startsRarely) {
                return at >= 0 && matcher.find(at) ? matcher.start() : -1;
            }
            while (at >= 0 && !matcher.region(at, text.length()).lookingAt()) {
                at = text.next(facts.start(), at + 1);
            }
            return at;
        }
    }

    /// Finds the first match that starts at or after a position.
    ///
    /// @param atStart whether this is the first line, so that `\A` can match
    /// @param atAnchor whether the position is where the last rule ended, so that `\G` can match
    /// @return its start; -1 for none
    int find(BoundedText line, int from, boolean atStart, boolean atAnchor) {
        int form = form(atStart, atAnchor);
        Search search = searches[form];
        if (search == null) {
            search = compile((form & 1) != 0, (form & 2) != 0);
            searches[form] = search;
        }
        return search.find(line, from);
    }

    private int form(boolean atStart, boolean atAnchor) {
        return (usesStart && atStart ? 1 : 0) | (usesAnchor && atAnchor ? 2 : 0);
    }

    /// Start and end of each group of the last match that [#find] found with these arguments; -1
    /// for a group without a match.
    int[] groups(boolean atStart, boolean atAnchor) {
        Search search = searches[form(atStart, atAnchor)];
        if (search == null) {
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

    private Search compile(boolean atStart, boolean atAnchor) {
        Search compiled = tryToCompile(atStart, atAnchor);
        // An expression that cannot be compiled matches nowhere; the rest of the grammar works.
        // `GrammarFilesTest` counts those of the grammars in the package.
        return compiled != null ? compiled : new Search(NEVER.matcher(""), NOWHERE, false);
    }

    private @Nullable Search tryToCompile(boolean atStart, boolean atAnchor) {
        try {
            String java = OnigurumaTranslator.toJava(source, atStart, atAnchor);
            Pattern pattern = Pattern.compile(java, Pattern.MULTILINE | Pattern.UNIX_LINES);
            RegexFacts facts = RegexReader.read(java, classes);
            return new Search(pattern.matcher(""), facts, atAnchor && usesAnchor);
        } catch (PatternSyntaxException | StackOverflowError _) {
            return null;
        }
    }

    /// Whether the expression can be used at all.
    boolean isUsable() {
        return tryToCompile(true, true) != null;
    }

    String source() {
        return source;
    }
}
