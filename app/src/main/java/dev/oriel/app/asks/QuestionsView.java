package dev.oriel.app.asks;

import dev.oriel.app.access.FieldName;
import dev.oriel.app.controls.Controls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Claude's questions, each with its options and room for an answer of one's own.
final class QuestionsView extends VBox {
    private final Map<String, Supplier<String>> given = new LinkedHashMap<>();
    private final Button send = Controls.button("Answer");

    QuestionsView(AsksViewModel model, Ask.Kind.Questions questions) {
        getStyleClass().add("ask-body");
        VBox all = new VBox();
        all.getStyleClass().add("ask-questions");
        questions.questions().forEach(q -> all.getChildren().add(question(q)));
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("ask-scroll");
        Button skip = Controls.button("Skip");
        skip.setId("ask-deny");
        skip.getStyleClass().add("answer");
        skip.setOnAction(_ -> model.deny("The person does not want to answer this."));
        send.setId("ask-allow");
        send.getStyleClass().addAll("answer", "accent");
        send.setOnAction(_ -> model.answers(answers()));
        HBox row = new HBox(8, skip, send);
        row.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(scroll, row);
        check();
    }

    private VBox question(Ask.Question q) {
        Label text = Controls.label(VisibleText.of(q.text()));
        text.setWrapText(true);
        text.getStyleClass().add("ask-question");
        VBox box = new VBox(4, text);
        ToggleGroup group = new ToggleGroup();
        List<Supplier<String>> chosen = new ArrayList<>();
        for (Ask.Option o : q.options()) {
            Labeled choice = q.several() ? check(o, chosen) : radio(o, group, chosen);
            choice.setWrapText(true);
            box.getChildren().add(choice);
        }
        TextField own = new TextField();
        own.setPromptText("Something else");
        own.textProperty().subscribe(_ -> check());
        box.getChildren()
                .addAll(own, new FieldName("Your own answer to: " + VisibleText.of(q.text()), own));
        given.put(
                q.text(),
                () -> {
                    List<String> parts = new ArrayList<>();
                    if (own.getText().isBlank() || q.several()) {
                        chosen.stream()
                                .map(Supplier::get)
                                .filter(s -> !s.isEmpty())
                                .forEach(parts::add);
                    }
                    if (!own.getText().isBlank()) {
                        parts.add(own.getText().strip());
                    }
                    return String.join(", ", parts);
                });
        return box;
    }

    private CheckBox check(Ask.Option o, List<Supplier<String>> chosen) {
        CheckBox box = Controls.checkBox(words(o));
        chosen.add(() -> box.isSelected() ? o.label() : "");
        box.selectedProperty().subscribe(_ -> check());
        return box;
    }

    private RadioButton radio(Ask.Option o, ToggleGroup group, List<Supplier<String>> chosen) {
        RadioButton button = Controls.radioButton(words(o));
        button.setToggleGroup(group);
        chosen.add(() -> button.isSelected() ? o.label() : "");
        button.selectedProperty().subscribe(_ -> check());
        return button;
    }

    private static String words(Ask.Option o) {
        String label = VisibleText.of(o.label());
        return o.description().isBlank()
                ? label
                : label + "  –  " + VisibleText.of(o.description());
    }

    private void check() {
        send.setDisable(given.values().stream().anyMatch(s -> s.get().isEmpty()));
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        given.forEach((question, answer) -> answers.put(question, answer.get()));
        return answers;
    }
}
