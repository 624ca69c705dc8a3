package dev.oriel.app.asks.view;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskDetail;
import dev.oriel.app.asks.request.Elicitation;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.transcript.diff.DiffPanes;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The shown ask, above the composer. It never takes the focus, and ignores mouse presses before it
/// is armed.
public final class AsksView extends VBox {
    private static final PseudoClass UNARMED = PseudoClass.getPseudoClass("unarmed");
    private static final PseudoClass UNSEEN = PseudoClass.getPseudoClass("unseen");

    private final AsksViewModel model;
    private final Runnable afterwards;
    private final Consumer<String> browser;
    private final DiffPanes diffs;
    private final Label count = Controls.label();
    private final Button previous = Controls.button("Previous");
    private final Button another = Controls.button("Next");
    private final CheckBox together = Controls.checkBox("");

    /// @param afterwards returns the focus to the field that had it
    /// @param browser opens a page
    /// @param diffs shows proposed changes of files
    public AsksView(
            AsksViewModel model, Runnable afterwards, Consumer<String> browser, DiffPanes diffs) {
        this.model = model;
        this.afterwards = afterwards;
        this.browser = browser;
        this.diffs = diffs;
        getStyleClass().add("ask");
        setAccessibleRole(AccessibleRole.PARENT);
        count.getStyleClass().add("quiet");
        another.setId("ask-next");
        another.getStyleClass().add("link");
        another.setOnAction(_ -> showNeighbour(1));
        previous.setId("ask-previous");
        previous.getStyleClass().add("link");
        previous.setOnAction(_ -> showNeighbour(-1));
        together.setId("ask-together");
        together.selectedProperty().subscribe(on -> model.setTogether(on));
        model.together().subscribe(on -> together.setSelected(on));
        model.shown().subscribe(this::show);
        model.pending().addListener((ListChangeListener<Ask>) _ -> updateCount());
        model.armed().subscribe(on -> pseudoClassStateChanged(UNARMED, !on));
        model.endSeen().subscribe(seen -> pseudoClassStateChanged(UNSEEN, !seen));
        // Ignores a press that started before the ask was armed, or that only brought the window to
        // the front.
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    private void pressed(MouseEvent e) {
        boolean onButton = false;
        for (Node n = (Node) e.getTarget(); n != null && n != this; n = n.getParent()) {
            onButton |= n.getStyleClass().contains("answer");
        }
        if (onButton && !model.armed().get()) {
            e.consume();
        }
    }

    private void showNeighbour(int by) {
        int at = model.pending().indexOf(model.shown().get());
        int n = model.pending().size();
        if (n > 0) {
            model.show(model.pending().get(Math.floorMod(at + by, n)));
        }
    }

    private void updateCount() {
        int n = model.pending().size();
        Controls.setText(count, n > 1 ? model.position() + " of " + n + " waiting" : "");
        count.setManaged(n > 1);
        for (Button button : List.of(previous, another)) {
            button.setVisible(n > 1);
            button.setManaged(n > 1);
        }
        int same = model.identical().size();
        Controls.setText(together, "Answer all " + same + " identical requests at once");
        if (same <= 1) {
            getChildren().remove(together);
        } else if (!getChildren().contains(together)) {
            getChildren().add(1, together);
        }
    }

    private void show(@Nullable Ask ask) {
        boolean hadFocus = holdsFocus();
        getChildren().clear();
        setVisible(ask != null);
        setManaged(ask != null);
        if (ask != null) {
            setAccessibleText(AskDetail.asker(ask) + " asks");
            getChildren().add(head(ask));
            updateCount();
            // The composer stays in sight in the lowest window, because the ask scrolls.
            getChildren().add(new AskScrollPane(body(ask)));
        }
        if (hadFocus) {
            afterwards.run();
        }
    }

    private Region body(Ask ask) {
        return switch (ask.kind()) {
            case Ask.Kind.Permission _, Ask.Kind.Plan _ -> new PermissionView(model, ask, diffs);
            case Elicitation e -> new ElicitationView(model, ask, e, browser);
            case Ask.Kind.Questions q -> new QuestionsView(model, ask, q, diffs.highlighter());
        };
    }

    /// The node that takes the focus: the first field of a form or the first option of a question,
    /// else the button that denies. Null if nothing is asked.
    public @Nullable Node firstAnswer() {
        for (String id : List.of("#ask-field-0", "#ask-option-0-0", "#ask-own-0")) {
            Node field = lookup(id);
            if (field != null) {
                return field;
            }
        }
        return lookup("#ask-deny");
    }

    private boolean holdsFocus() {
        if (getScene() == null) {
            return false;
        }
        for (Node n = getScene().getFocusOwner(); n != null; n = n.getParent()) {
            if (n == this) {
                return true;
            }
        }
        return false;
    }

    private Node head(Ask ask) {
        Label question = Controls.wrapping(Controls.label(AskDetail.of(ask).question()));
        question.getStyleClass().add("ask-question");
        Label from = Controls.label(from(ask));
        from.getStyleClass().add("quiet");
        // The number of open asks is never cut off; the question takes more lines instead.
        count.setMinWidth(USE_PREF_SIZE);
        another.setMinWidth(USE_PREF_SIZE);
        previous.setMinWidth(USE_PREF_SIZE);
        HBox waiting = new HBox(8, count, previous, another);
        return new AskHeader(
                new StackPane(new DecorativeIcon(Feather.HELP_CIRCLE)), question, from, waiting);
    }

    private static String from(Ask ask) {
        return ask.agent() == null ? "" : "asked by subagent " + EscapedText.of(ask.agent());
    }
}
