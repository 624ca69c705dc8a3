package dev.oriel.app.sidebar;

import dev.oriel.app.controls.Controls;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/// A hit as a row of the list: the title of its session, and an excerpt in which the found words
/// are bold.
final class SearchSnippet {
    private static final char BEGIN = '\u2068';
    private static final char END = '\u2069';

    /// Characters before the first found word, so that it is in the first lines of a narrow column.
    private static final int BEFORE = 24;

    private static final int MOST = 110;

    private SearchSnippet() {}

    static Node render(SidebarRow.Hit hit) {
        Label title = Controls.label();
        Controls.setLine(title, hit.title());
        title.getStyleClass().add("session-title");
        TextFlow flow = new TextFlow();
        String rest = excerpt(hit.snippet());
        boolean found = false;
        while (!rest.isEmpty()) {
            int end = rest.indexOf(found ? END : BEGIN);
            String part = end < 0 ? rest : rest.substring(0, end);
            if (!part.isEmpty()) {
                Text text = Controls.textNode(plain(part));
                text.getStyleClass().add(found ? "found-word" : "snippet");
                flow.getChildren().add(text);
            }
            rest = end < 0 ? "" : rest.substring(end + 1);
            found = !found;
        }
        return new VBox(1, title, flow);
    }

    /// One line around the first found word.
    static String excerpt(String snippet) {
        // The borders of a table have no meaning on one line.
        String line =
                snippet.replace('\n', ' ').replaceAll("(?:[| ]*\\|[| ]*| *:?-{2,}:? *)+", " · ");
        int from = Math.max(0, line.indexOf(BEGIN) - BEFORE);
        int word = from == 0 ? 0 : line.indexOf(' ', from) + 1;
        String shown = (word > 0 ? "…" : "") + line.substring(word);
        return Graphemes.truncate(shown, MOST);
    }

    /// The words that were found, each once.
    static List<String> words(String snippet) {
        List<String> words = new ArrayList<>();
        int from = snippet.indexOf(BEGIN);
        while (from >= 0) {
            int end = snippet.indexOf(END, from);
            String word = snippet.substring(from + 1, end < 0 ? snippet.length() : end);
            if (!word.isBlank() && !words.contains(word)) {
                words.add(word);
            }
            from = end < 0 ? -1 : snippet.indexOf(BEGIN, end);
        }
        return words;
    }

    static String plain(String snippet) {
        return snippet.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "");
    }
}
