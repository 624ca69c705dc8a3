package dev.oriel.app.text.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// Numbers footnotes, and replaces the references to them by [FootnoteReference]. A reference to a
/// footnote that does not exist stays text.
final class FootnoteNumbers {
    private static final Pattern REFERENCE = Pattern.compile("\\[\\^([^\\]\\[\\s]{1,100})]");

    private final Map<String, Footnote> footnotes = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Text> texts = new ArrayList<>();

    private FootnoteNumbers() {}

    static void assign(Node document) {
        FootnoteNumbers all = new FootnoteNumbers();
        all.find(document);
        if (!all.footnotes.isEmpty()) {
            all.texts.forEach(all::divide);
            all.footnotes.forEach((label, note) -> {
                boolean isReferred = all.numbers.containsKey(label);
                note.setNumber(all.number(label));
                if (isReferred) {
                    end(note);
                }
            });
        }
    }

    private static void end(Footnote note) {
        Node last = note.getLastChild();
        if (!(last instanceof Paragraph)) {
            last = new Paragraph();
            note.appendChild(last);
        }
        last.appendChild(new FootnoteReturn(note.number()));
    }

    private static String key(String label) {
        return label.toLowerCase(Locale.ROOT);
    }

    private int number(String label) {
        return numbers.computeIfAbsent(label, _ -> numbers.size() + 1);
    }

    /// Visits all nodes in the order of the text, without recursion: they can be nested deeply.
    @SuppressWarnings("ReferenceEquality") // a node is equal to itself only
    private void find(Node document) {
        Node node = document;
        while (node != null) {
            if (node instanceof Footnote note) {
                footnotes.putIfAbsent(key(note.label()), note);
            } else if (node instanceof Text text && text.getLiteral().contains("[^")) {
                texts.add(text);
            }
            Node next = node.getFirstChild();
            while (next == null && node != null && node != document) {
                next = node.getNext();
                node = next == null ? node.getParent() : node;
            }
            node = next;
        }
    }

    private void divide(Text text) {
        String literal = text.getLiteral();
        Matcher references = REFERENCE.matcher(literal);
        int from = 0;
        while (references.find()) {
            String label = key(references.group(1));
            if (footnotes.containsKey(label)) {
                if (references.start() > from) {
                    text.insertBefore(new Text(literal.substring(from, references.start())));
                }
                text.insertBefore(new FootnoteReference(number(label)));
                from = references.end();
            }
        }
        if (from == literal.length()) {
            text.unlink();
        } else {
            text.setLiteral(literal.substring(from));
        }
    }
}
