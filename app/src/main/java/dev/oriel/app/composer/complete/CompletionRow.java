package dev.oriel.app.composer.complete;

import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.DisplayText;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One row of the picker: an icon, the name with the typed characters in bold, and details.
final class CompletionRow extends HBox {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");

    /// Names up to this length, characters, are shown in full; of longer ones the end is cut.
    private static final int WHOLE_NAME = 40;

    private final FontIcon icon = new FontIcon();
    private final HBox name = new HBox();
    private final HBox detail = new HBox();
    private int index = -1;
    private boolean selected;

    CompletionRow() {
        getStyleClass().add("completion");
        setAlignment(Pos.CENTER_LEFT);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        name.getStyleClass().add("completion-name");
        name.setAlignment(Pos.CENTER_LEFT);
        detail.getStyleClass().add("completion-detail");
        detail.setMinWidth(0);
        HBox.setHgrow(detail, Priority.ALWAYS);
        getChildren().setAll(icon, name, detail);
    }

    /// @param at its index in the list
    /// @param count how many rows the list has
    void show(Completion row, int at, int count, boolean isSelected) {
        index = at;
        selected = isSelected;
        pseudoClassStateChanged(SELECTED, isSelected);
        pseudoClassStateChanged(UNAVAILABLE, !row.canBeAccepted());
        icon.setIconCode(icon(row.kind()));
        name.getChildren().setAll(parts(row.name(), row.matched()));
        name.setMinWidth(row.name().length() <= WHOLE_NAME ? USE_PREF_SIZE : 0);
        boolean isPath = row.kind() == Completion.Kind.FILE || row.kind() == Completion.Kind.FOLDER;
        detail.setAlignment(isPath ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        detail.getChildren().setAll(parts(firstLine(row.detail()), row.matchedDetail()));
        setAccessibleText(
                "%s, %s%s, %d of %d"
                        .formatted(
                                row.name(),
                                row.kind().spoken(),
                                row.detail().isEmpty() ? "" : ", " + row.detail(),
                                at + 1,
                                count));
    }

    int index() {
        return index;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Feather icon(Completion.Kind kind) {
        return switch (kind) {
            case COMMAND -> Feather.TERMINAL;
            case OWN_COMMAND -> Feather.COMMAND;
            case UNAVAILABLE -> Feather.SLASH;
            case FILE -> Feather.FILE;
            case FOLDER -> Feather.FOLDER;
            case PROMPT -> Feather.CLOCK;
        };
    }

    /// A label for each run of characters that were typed, or were not.
    private static List<Node> parts(String text, List<Integer> matched) {
        List<Node> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < matched.size(); ) {
            int start = matched.get(i);
            int end = start + 1;
            i++;
            while (i < matched.size() && matched.get(i) == end) {
                end++;
                i++;
            }
            if (start < from || end > text.length()) {
                break;
            }
            if (start > from) {
                parts.add(part(text.substring(from, start), false));
            }
            parts.add(part(text.substring(start, end), true));
            from = end;
        }
        if (from < text.length()) {
            parts.add(part(text.substring(from), false));
        }
        if (parts.size() == 1) {
            ((Label) parts.getFirst()).setMinWidth(0);
        }
        return parts;
    }

    private static Label part(String text, boolean typed) {
        Label part = Controls.label();
        Controls.setLine(part, DisplayText.argument(text));
        part.getStyleClass().add(typed ? "completion-typed" : "completion-rest");
        part.setMinWidth(text.length() > WHOLE_NAME ? 0 : USE_PREF_SIZE);
        return part;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            // Screen readers ignore a focus item that does not claim to be focused.
            case FOCUSED, SELECTED -> selected;
            case INDEX -> index;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
