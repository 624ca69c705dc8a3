package dev.oriel.app.text.markdown;

import dev.oriel.app.text.DisplayText;
import java.util.List;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Parses Markdown as Claude writes it into a syntax tree. Thread-safe.
public final class MarkdownParser {
    private static final Parser PARSER =
            Parser.builder()
                    .extensions(
                            List.of(
                                    TablesExtension.create(),
                                    StrikethroughExtension.create(),
                                    AutolinkExtension.create()))
                    .customBlockParserFactory(new FormulaBlockParserFactory())
                    .customBlockParserFactory(new FootnoteParserFactory())
                    .customInlineContentParserFactory(new FormulaSpanParserFactory())
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                    .build();

    private MarkdownParser() {}

    /// @return a document whose blocks have their source lines, of bounded depth
    public static Node parse(String text) {
        Node document = parseBlocks(DisplayText.prose(text));
        HtmlContent.replaceAll(document);
        NestingLimit.apply(document);
        FootnoteNumbers.assign(document);
        return document;
    }

    /// The blocks of a text, or of a part of one, whose footnotes have no numbers yet.
    static Node parseBlocks(String text) {
        Node document = PARSER.parse(text);
        if (text.contains("<details") || text.contains("<DETAILS") || text.contains("</details")) {
            DetailsCollector.collect(document);
        }
        return document;
    }
}
