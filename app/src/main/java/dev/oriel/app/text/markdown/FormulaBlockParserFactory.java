package dev.oriel.app.text.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Block;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/// Parses formulas on lines of their own: from `\[` or `$$` at the start of a line to the closing
/// delimiter, at most to the next blank line.
final class FormulaBlockParserFactory extends AbstractBlockParserFactory {
    private static final int INDENTED_CODE = 4;

    @Override
    public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        if (state.getIndent() >= INDENTED_CODE) {
            return BlockStart.none();
        }
        String line = state.getLine().getContent().toString();
        String rest = line.substring(state.getNextNonSpaceIndex());
        String close = rest.startsWith("\\[") ? "\\]" : rest.startsWith("$$") ? "$$" : "";
        if (close.isEmpty()) {
            return BlockStart.none();
        }
        int end = rest.indexOf(close, 2);
        // Text after it makes it part of a paragraph.
        return end >= 0 && !rest.substring(end + close.length()).isBlank()
                ? BlockStart.none()
                : BlockStart.of(new Open(close)).atIndex(state.getNextNonSpaceIndex());
    }

    private static final class Open extends AbstractBlockParser {
        private final FormulaBlock block = new FormulaBlock();
        private final List<SourceLine> lines = new ArrayList<>();
        private final String close;
        private boolean closed;

        Open(String close) {
            this.close = close;
        }

        @Override
        public Block getBlock() {
            return block;
        }

        @Override
        public @Nullable BlockContinue tryContinue(ParserState state) {
            return closed || state.isBlank()
                    ? BlockContinue.none()
                    : BlockContinue.atIndex(state.getIndex());
        }

        @Override
        public void addLine(SourceLine line) {
            closed = line.getContent().toString().indexOf(close, lines.isEmpty() ? 2 : 0) >= 0;
            lines.add(line);
        }

        @Override
        public void closeBlock() {
            if (closed) {
                StringBuilder all = new StringBuilder();
                for (SourceLine line : lines) {
                    all.append(all.isEmpty() ? "" : "\n").append(line.getContent());
                }
                block.literal(all.toString());
            }
        }

        @Override
        public void parseInlines(InlineParser inlines) {
            if (!closed) {
                inlines.parse(SourceLines.of(lines), block);
            }
        }
    }
}
