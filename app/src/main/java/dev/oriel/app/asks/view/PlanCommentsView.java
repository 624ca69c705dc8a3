package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.PlanComment;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.message.Graphemes;
import java.util.List;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The user's comments on parts of a plan, and the field for another one. A part is chosen by a
/// click, by a selection or in a menu.
final class PlanCommentsView extends VBox {
    private static final int MAX_PARTS = 200;

    /// The most characters of a part in the menu.
    private static final int ROOM = 60;

    private final AskDraft draft;
    private final Runnable changed;
    private final VBox written = new VBox(4);
    private final Label about = Controls.label();
    private final TextField field = new TextField();
    private final Button add = Controls.button("Add comment");
    private final HBox entry = new HBox(8);
    private String quote = "";

    /// @param lines the lines of the plan as they are read
    /// @param changed called when a comment was added or removed
    PlanCommentsView(AskDraft draft, List<String> lines, Runnable changed) {
        super(6);
        this.draft = draft;
        this.changed = changed;
        getStyleClass().add("plan-comments");
        MenuButton parts = Controls.menuButton();
        Controls.setText(parts, "Comment on a part");
        parts.setGraphic(new FontIcon(Feather.MESSAGE_SQUARE));
        parts.setId("plan-parts");
        parts.getStyleClass().add("link");
        // Above, it covers the plan and not the answers.
        parts.setPopupSide(Side.TOP);
        for (String line : lines.stream().limit(MAX_PARTS).toList()) {
            MenuItem item = Controls.menuItem(Graphemes.truncate(EscapedText.of(line), ROOM));
            item.setOnAction(_ -> choose(line));
            parts.getItems().add(item);
        }
        field.setId("plan-comment");
        field.setPromptText("What should change here?");
        HBox.setHgrow(field, Priority.ALWAYS);
        field.setOnAction(_ -> add());
        add.setId("plan-comment-add");
        add.setMinWidth(USE_PREF_SIZE);
        add.setOnAction(_ -> add());
        add.disableProperty().bind(field.textProperty().map(String::isBlank));
        entry.setAlignment(Pos.CENTER_LEFT);
        entry.getChildren().addAll(field, new HiddenLabel("Comment", field), add);
        about.getStyleClass().add("plan-quote");
        Controls.wrapping(about);
        getChildren().addAll(written, parts, about, entry);
        showEntry();
        showWritten();
    }

    /// Chooses the part for the next comment.
    void choose(String part) {
        quote = part.strip();
        showEntry();
        if (!quote.isEmpty()) {
            field.requestFocus();
        }
    }

    private void showEntry() {
        boolean chosen = !quote.isEmpty();
        for (Node node : List.of(about, entry)) {
            node.setVisible(chosen);
            node.setManaged(chosen);
        }
        Controls.setText(about, quoted(quote));
    }

    private static String quoted(String part) {
        return "“" + Graphemes.truncate(EscapedText.of(part), 200) + "”";
    }

    private void add() {
        if (!quote.isEmpty() && !field.getText().isBlank()) {
            draft.addComment(new PlanComment(quote, field.getText().strip()));
            field.clear();
            quote = "";
            showEntry();
            showWritten();
            changed.run();
        }
    }

    private void showWritten() {
        written.getChildren().clear();
        for (PlanComment comment : draft.comments()) {
            Label text =
                    Controls.wrapping(
                            Controls.label(
                                    quoted(comment.quote())
                                            + "\n"
                                            + EscapedText.of(comment.text())));
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMaxWidth(Double.MAX_VALUE);
            Button remove = Controls.button(null, new FontIcon(Feather.X));
            remove.getStyleClass().add("ghost");
            remove.setAccessibleText("Remove the comment: " + comment.text());
            remove.setOnAction(_ -> {
                draft.removeComment(comment);
                showWritten();
                changed.run();
            });
            HBox row = new HBox(8, text, remove);
            row.getStyleClass().add("plan-comment");
            written.getChildren().add(row);
        }
        written.setVisible(!written.getChildren().isEmpty());
        written.setManaged(written.isVisible());
    }
}
