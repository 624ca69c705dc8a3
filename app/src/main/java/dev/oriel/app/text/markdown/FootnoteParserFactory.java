package dev.oriel.app.text.markdown;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/// Parses the texts of footnotes, as GitHub does. Further paragraphs are indented by four columns.
final class FootnoteParserFactory extends AbstractBlockParserFactory {
    private static final int INDENT = 4;
    private static final Pattern START = Pattern.compile("\\[\\^([^\\]\\[\\s]{1,100})]:[ \\t]*");

    @Override
    public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        if (state.getIndent() >= INDENT) {
            return BlockStart.none();
        }
        String line = state.getLine().getContent().toString();
        Matcher start = START.matcher(line).region(state.getNextNonSpaceIndex(), line.length());
        return start.lookingAt()
                ? BlockStart.of(new Open(start.group(1))).atIndex(start.end())
                : BlockStart.none();
    }

    private static final class Open extends AbstractBlockParser {
        private final Footnote block;

        Open(String label) {
            block = new Footnote(label);
        }

        @Override
        public Block getBlock() {
            return block;
        }

        @Override
        public boolean isContainer() {
            return true;
        }

        @Override
        public boolean canContain(Block child) {
            return !(child instanceof Footnote);
        }

        @Override
        public @Nullable BlockContinue tryContinue(ParserState state) {
            if (state.isBlank()) {
                return block.getFirstChild() == null
                        ? BlockContinue.none()
                        : BlockContinue.atIndex(state.getNextNonSpaceIndex());
            }
            return state.getIndent() >= INDENT
                    ? BlockContinue.atColumn(state.getColumn() + INDENT)
                    : BlockContinue.none();
        }
    }
}
