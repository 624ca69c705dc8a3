package dev.oriel.app.asks.view;

import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.AskReply;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.highlight.CodeHighlighter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Claude's questions, each with its options and a field for another answer.
final class QuestionsView extends VBox {
    private final List<QuestionView> all = new ArrayList<>();
    private final Button send = Controls.button("Answer");
    private final Label missing = Controls.label();

    QuestionsView(
            AsksViewModel model,
            Ask ask,
            Ask.Kind.Questions questions,
            CodeHighlighter highlighter) {
        getStyleClass().add("ask-body");
        VBox list = new VBox();
        list.getStyleClass().add("ask-questions");
        for (Ask.Question q : questions.questions()) {
            QuestionView view =
                    new QuestionView(q, all.size(), model.draft(ask), highlighter, this::check);
            all.add(view);
            list.getChildren().add(view);
        }
        Button skip = Controls.button("Skip");
        skip.setId("ask-deny");
        skip.getStyleClass().add("answer");
        skip.setOnAction(_ -> model.deny(AskReply.SKIPPED));
        send.setId("ask-allow");
        send.getStyleClass().addAll("answer", "accent");
        send.setOnAction(_ -> model.answerQuestions(answers()));
        missing.setId("ask-missing");
        missing.getStyleClass().add("quiet");
        HBox row = new HBox(8, missing, skip, send);
        row.setAlignment(Pos.CENTER_RIGHT);
        skip.setMinWidth(USE_PREF_SIZE);
        send.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(new ScrolledList(list), row);
        check();
    }

    private void check() {
        long answered = all.stream().filter(q -> !q.answer().isEmpty()).count();
        send.setDisable(answered < all.size());
        Controls.setText(
                missing,
                all.size() > 1 && answered < all.size()
                        ? answered + " of " + all.size() + " answered"
                        : "");
    }

    private Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        all.forEach(q -> answers.put(q.text(), q.answer()));
        return answers;
    }
}
