package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskReply;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Claude's questions, each with its options and a field for another answer.
final class QuestionsView extends VBox {
    /// The greatest part of the window's height that the questions take.
    private static final double SHARE = 0.5;

    /// The answers so far, in the order of the questions.
    private final List<Given> given = new ArrayList<>();

    private final AskDraft draft;
    private final Button send = Controls.button("Answer");

    private record Given(String question, Supplier<String> answer) {}

    QuestionsView(AsksViewModel model, Ask ask, Ask.Kind.Questions questions) {
        draft = model.draft(ask);
        getStyleClass().add("ask-body");
        VBox all = new VBox();
        all.getStyleClass().add("ask-questions");
        questions.questions().forEach(q -> all.getChildren().add(question(q)));
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("ask-scroll");
        scroll.setMinHeight(AskScrollPane.LEAST);
        sceneProperty()
                .subscribe(scene -> {
                    scroll.maxHeightProperty().unbind();
                    if (scene != null) {
                        scroll.maxHeightProperty().bind(scene.heightProperty().multiply(SHARE));
                    }
                });
        Button skip = Controls.button("Skip");
        skip.setId("ask-deny");
        skip.getStyleClass().add("answer");
        skip.setOnAction(_ -> model.deny(AskReply.SKIPPED));
        send.setId("ask-allow");
        send.getStyleClass().addAll("answer", "accent");
        send.setOnAction(_ -> model.answerQuestions(answers()));
        HBox row = new HBox(8, skip, send);
        row.setAlignment(Pos.CENTER_RIGHT);
        skip.setMinWidth(USE_PREF_SIZE);
        send.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(scroll, row);
        check();
    }

    private VBox question(Ask.Question q) {
        int number = given.size();
        Label text = Controls.label(EscapedText.of(q.text()));
        Controls.wrapping(text);
        text.getStyleClass().add("ask-question");
        VBox box = new VBox(8, text);
        ToggleGroup group = new ToggleGroup();
        for (int i = 0; i < q.options().size(); i++) {
            AskDraft.Choice choice = new AskDraft.Choice(number, i);
            Ask.Option option = q.options().get(i);
            box.getChildren()
                    .add(
                            option(
                                    q.several()
                                            ? check(option, choice)
                                            : radio(option, choice, group),
                                    option));
        }
        TextField own = new TextField(draft.text(number, ""));
        own.setPromptText("Something else");
        given.add(new Given(q.text(), () -> answer(q, number)));
        own.textProperty()
                .subscribe(now -> {
                    draft.setText(number, now);
                    check();
                });
        box.getChildren()
                .addAll(
                        own,
                        new HiddenLabel("Your own answer to: " + EscapedText.of(q.text()), own));
        return box;
    }

    private String answer(Ask.Question q, int number) {
        String own = draft.text(number, "").strip();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < q.options().size(); i++) {
            boolean chosen = draft.isChosen(new AskDraft.Choice(number, i));
            if (chosen && (own.isEmpty() || q.several())) {
                parts.add(q.options().get(i).label());
            }
        }
        if (!own.isEmpty()) {
            parts.add(own);
        }
        return String.join(", ", parts);
    }

    /// The description is a separate text: in one text with the label, right-to-left letters would
    /// reorder both.
    private static VBox option(ButtonBase shown, Ask.Option o) {
        Controls.wrapping(shown);
        VBox option = new VBox(2, shown);
        if (!o.description().isBlank()) {
            Label description = Controls.wrapping(Controls.label(EscapedText.of(o.description())));
            description.getStyleClass().addAll("quiet", "ask-option");
            description.setOnMouseClicked(e -> {
                if (e.getButton() == MouseButton.PRIMARY && e.isStillSincePress()) {
                    shown.requestFocus();
                    shown.fire();
                }
            });
            shown.setAccessibleHelp(description.getText());
            option.getChildren().add(description);
        }
        if (!o.preview().isBlank() && shown instanceof Toggle toggle) {
            addPreview(option, o.preview(), toggle.selectedProperty());
        } else if (!o.preview().isBlank() && shown instanceof CheckBox box) {
            addPreview(option, o.preview(), box.selectedProperty());
        }
        return option;
    }

    /// Shows the preview of an option while it is chosen.
    private static void addPreview(VBox option, String text, ObservableValue<Boolean> chosen) {
        Label preview = Controls.wrapping(Controls.label(EscapedText.of(text)));
        preview.getStyleClass().addAll("code", "ask-preview");
        preview.setAccessibleText("Preview: " + preview.getText());
        chosen.subscribe(on -> {
            preview.setVisible(on);
            preview.setManaged(on);
        });
        option.getChildren().add(preview);
    }

    private CheckBox check(Ask.Option o, AskDraft.Choice choice) {
        CheckBox box = Controls.checkBox(EscapedText.of(o.label()));
        box.setSelected(draft.isChosen(choice));
        box.selectedProperty().subscribe(on -> chosen(choice, on));
        return box;
    }

    private RadioButton radio(Ask.Option o, AskDraft.Choice choice, ToggleGroup group) {
        RadioButton button = Controls.radioButton(EscapedText.of(o.label()));
        button.setToggleGroup(group);
        button.setSelected(draft.isChosen(choice));
        button.selectedProperty().subscribe(on -> chosen(choice, on));
        return button;
    }

    private void chosen(AskDraft.Choice choice, boolean on) {
        draft.choose(choice, on);
        check();
    }

    private void check() {
        send.setDisable(given.stream().anyMatch(g -> g.answer().get().isEmpty()));
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        given.forEach(g -> answers.put(g.question(), g.answer().get()));
        return answers;
    }
}
