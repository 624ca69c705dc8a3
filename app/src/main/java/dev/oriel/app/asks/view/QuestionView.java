package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.text.EscapedText;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One of Claude's questions: its options, the preview of one of them, and a field for another
/// answer. The keys 1 to 9 choose an option while the focus is on one.
final class QuestionView extends VBox {
    private static final int MAX_KEYS = 9;

    private final Ask.Question question;
    private final int number;
    private final AskDraft draft;
    private final Runnable changed;
    private final List<ButtonBase> options = new ArrayList<>();
    private final @Nullable OptionPreview preview;

    /// @param number of the question, from 0
    /// @param changed called whenever the answer has changed
    QuestionView(
            Ask.Question question,
            int number,
            AskDraft draft,
            CodeHighlighter highlighter,
            Runnable changed) {
        super(6);
        this.question = question;
        this.number = number;
        this.draft = draft;
        this.changed = changed;
        boolean previews = question.options().stream().anyMatch(o -> !o.preview().isBlank());
        preview = previews ? new OptionPreview(highlighter) : null;
        if (!question.header().isBlank()) {
            Label header = Controls.label(EscapedText.of(question.header()));
            header.getStyleClass().addAll("quiet", "ask-header");
            getChildren().add(header);
        }
        Label text = Controls.wrapping(Controls.label(EscapedText.of(question.text())));
        text.getStyleClass().add("ask-question");
        getChildren().add(text);
        if (question.several()) {
            Label hint = Controls.label("Choose one or more.");
            hint.getStyleClass().add("quiet");
            getChildren().add(hint);
        }
        VBox list = new VBox(2);
        ToggleGroup group = new ToggleGroup();
        for (int i = 0; i < question.options().size(); i++) {
            list.getChildren().add(option(i, group));
        }
        getChildren().add(preview == null ? list : new PreviewBeside(list, preview));
        getChildren().add(own());
        if (preview != null) {
            showPreview(firstShown());
        }
        addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
    }

    private HBox own() {
        TextField own = new TextField(draft.text(number, ""));
        own.setId("ask-own-" + number);
        own.setPromptText(question.options().isEmpty() ? "Your answer" : "Other answer");
        own.textProperty()
                .subscribe(now -> {
                    draft.setText(number, now);
                    changed.run();
                });
        HBox.setHgrow(own, Priority.ALWAYS);
        return new HBox(
                own,
                new HiddenLabel("Your own answer to: " + EscapedText.of(question.text()), own));
    }

    /// The number of the option whose preview is shown first.
    private int firstShown() {
        for (int i = 0; i < question.options().size(); i++) {
            if (draft.isChosen(new AskDraft.Choice(number, i))) {
                return i;
            }
        }
        for (int i = 0; i < question.options().size(); i++) {
            if (!question.options().get(i).preview().isBlank()) {
                return i;
            }
        }
        return 0;
    }

    private void showPreview(int option) {
        if (preview != null) {
            Ask.Option shown = question.options().get(option);
            preview.show(shown.label(), shown.preview());
        }
    }

    /// The description is a separate text: in one text with the label, right-to-left letters would
    /// reorder both.
    private VBox option(int i, ToggleGroup group) {
        Ask.Option o = question.options().get(i);
        ButtonBase shown = question.several() ? check(i) : radio(i, group);
        shown.setId("ask-option-" + number + "-" + i);
        shown.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(shown, Priority.ALWAYS);
        Controls.wrapping(shown);
        shown.focusedProperty()
                .subscribe(on -> {
                    if (on) {
                        showPreview(i);
                    }
                });
        options.add(shown);
        HBox row = new HBox(8, shown);
        row.setAlignment(Pos.CENTER_LEFT);
        if (i < MAX_KEYS) {
            Label key = Controls.label(String.valueOf(i + 1));
            key.getStyleClass().add("chord");
            key.setMinWidth(USE_PREF_SIZE);
            row.getChildren().add(key);
            shown.setAccessibleHelp("Key " + (i + 1));
        }
        VBox option = new VBox(row);
        option.setOnMouseEntered(_ -> showPreview(i));
        if (!o.description().isBlank()) {
            Label description = Controls.wrapping(Controls.label(EscapedText.of(o.description())));
            description.getStyleClass().addAll("quiet", "ask-option");
            description.setOnMouseClicked(e -> {
                if (e.getButton() == MouseButton.PRIMARY && e.isStillSincePress()) {
                    shown.requestFocus();
                    shown.fire();
                }
            });
            shown.setAccessibleHelp(
                    description.getText() + (i < MAX_KEYS ? " Key " + (i + 1) : ""));
            option.getChildren().add(description);
        }
        return option;
    }

    private CheckBox check(int i) {
        CheckBox box = Controls.checkBox(EscapedText.of(question.options().get(i).label()));
        AskDraft.Choice choice = new AskDraft.Choice(number, i);
        box.setSelected(draft.isChosen(choice));
        box.selectedProperty().subscribe(on -> chosen(choice, on));
        return box;
    }

    private RadioButton radio(int i, ToggleGroup group) {
        RadioButton button =
                Controls.radioButton(EscapedText.of(question.options().get(i).label()));
        AskDraft.Choice choice = new AskDraft.Choice(number, i);
        button.setToggleGroup(group);
        button.setSelected(draft.isChosen(choice));
        button.selectedProperty().subscribe(on -> chosen(choice, on));
        return button;
    }

    private void chosen(AskDraft.Choice choice, boolean on) {
        draft.choose(choice, on);
        if (on) {
            showPreview(choice.option());
        }
        changed.run();
    }

    private void onKey(KeyEvent e) {
        boolean plain =
                !e.isControlDown() && !e.isAltDown() && !e.isMetaDown() && !e.isShortcutDown();
        if (!plain || !(e.getTarget() instanceof ButtonBase) || !e.getCode().isDigitKey()) {
            return;
        }
        int chosen = e.getCode().getChar().charAt(0) - '1';
        if (chosen >= 0 && chosen < options.size()) {
            options.get(chosen).requestFocus();
            options.get(chosen).fire();
            e.consume();
        }
    }

    /// The text for Claude; empty if nothing is chosen or written.
    String answer() {
        String own = draft.text(number, "").strip();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < question.options().size(); i++) {
            boolean chosen = draft.isChosen(new AskDraft.Choice(number, i));
            if (chosen && (own.isEmpty() || question.several())) {
                parts.add(question.options().get(i).label());
            }
        }
        if (!own.isEmpty()) {
            parts.add(own);
        }
        return String.join(", ", parts);
    }

    String text() {
        return question.text();
    }
}
