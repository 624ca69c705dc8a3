package dev.oriel.app.transcript.render;

import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.transcript.document.BlockBuilder;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.document.ParagraphStyle;
import dev.oriel.app.transcript.document.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.ReadOnlyStyledDocumentBuilder;

/// Finds the paragraph of a search hit.
///
/// A search returns the message and its words, not how the message is rendered. So the paragraph is
/// the one with most of the found words and, among those, most of the words around them.
public final class SearchTargetMatcher {
    private final List<String> words;
    private final Set<String> around;

    public SearchTargetMatcher(SearchTarget place) {
        words =
                place.words().stream()
                        .map(SearchTargetMatcher::plain)
                        .filter(w -> !w.isBlank())
                        .toList();
        around = new HashSet<>(Arrays.asList(plain(place.around()).split("[^\\p{L}\\p{N}]+")));
        around.remove("");
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// How well a paragraph matches; 0 if it has none of the words.
    public int score(String paragraph) {
        String text = plain(paragraph);
        int found = 0;
        for (String word : words) {
            found += text.contains(word) ? 1 : 0;
        }
        if (found == 0) {
            return 0;
        }
        int near = 0;
        for (String word : around) {
            near += text.contains(word) ? 1 : 0;
        }
        return 1_000 * found + near;
    }

    /// The paragraph that matches best, counted over all blocks; -1 if none has any of the words.
    int bestIn(List<ParagraphBlock> blocks) {
        int best = -1;
        int most = 0;
        int at = 0;
        for (ParagraphBlock block : blocks) {
            for (int i = 0; i < block.paragraphCount(); i++, at++) {
                int score = score(block.document().getParagraphs().get(i).getText());
                if (score > most) {
                    most = score;
                    best = at;
                }
            }
        }
        return best;
    }

    /// Where the first of the words is in a paragraph.
    ///
    /// @return start and end, or an empty array if there is none
    public int[] range(String paragraph) {
        String text = plain(paragraph);
        // The case changes the length of some letters.
        String in = text.length() == paragraph.length() ? text : paragraph;
        for (String word : words) {
            int at = in.indexOf(word);
            if (at >= 0) {
                return new int[] {at, at + word.length()};
            }
        }
        return new int[0];
    }

    /// The blocks with the best paragraph highlighted; the first one if none has the words.
    List<ParagraphBlock> highlight(List<ParagraphBlock> blocks) {
        int best = 0;
        int block = 0;
        int paragraph = 0;
        for (int b = 0; b < blocks.size(); b++) {
            List<Paragraph<ParagraphStyle, String, TextStyle>> all =
                    blocks.get(b).document().getParagraphs();
            for (int p = 0; p < all.size(); p++) {
                int score = score(all.get(p).getText());
                if (score > best) {
                    best = score;
                    block = b;
                    paragraph = p;
                }
            }
        }
        List<ParagraphBlock> marked = new ArrayList<>(blocks);
        if (!marked.isEmpty()) {
            marked.set(block, marked(blocks.get(block), paragraph));
        }
        return marked;
    }

    private static ParagraphBlock marked(ParagraphBlock block, int paragraph) {
        List<Paragraph<ParagraphStyle, String, TextStyle>> all = block.document().getParagraphs();
        var builder =
                new ReadOnlyStyledDocumentBuilder<ParagraphStyle, String, TextStyle>(
                        BlockBuilder.OPS, ParagraphStyle.PLAIN);
        for (int i = 0; i < all.size(); i++) {
            ParagraphStyle style = all.get(i).getParagraphStyle();
            builder.addParagraph(
                    all.get(i).getStyledSegments(),
                    i == paragraph ? style.withClasses("sought") : style);
        }
        return new ParagraphBlock(builder.build());
    }
}
