package dev.oriel.app.asks;

import dev.oriel.app.access.FieldName;
import dev.oriel.app.asks.AskDetail.Line;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.ShownText;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// May this run? Everything it would do, and three answers with their consequences on them.
final class PermissionView extends VBox {
    private static final int SHORT = 12;

    PermissionView(AsksViewModel model, Ask ask) {
        getStyleClass().add("ask-body");
        if (ask.purpose() != null && !ask.purpose().isBlank()) {
            Label purpose = Controls.label(VisibleText.of(ask.purpose()));
            purpose.setWrapText(true);
            purpose.getStyleClass().add("ask-purpose");
            getChildren().add(purpose);
        }
        getChildren().add(lines(AskDetail.of(ask).lines()));
        if (ask.blockedPath() != null) {
            Label outside =
                    Controls.label(
                            "Outside this session's folder: " + VisibleText.of(ask.blockedPath()));
            outside.setWrapText(true);
            outside.getStyleClass().add("ask-outside");
            getChildren().add(outside);
        }
        getChildren().add(answers(model, ask));
    }

    private static Node lines(List<Line> lines) {
        if (lines.size() <= SHORT && lines.stream().allMatch(l -> l.text().length() < 2_000)) {
            VBox all = new VBox();
            lines.forEach(l -> all.getChildren().add(line(l)));
            all.getStyleClass().add("ask-detail");
            return all;
        }
        // A whole file may be asked about: only the lines in sight are made.
        ListView<Line> list = new ListView<>(FXCollections.observableArrayList(lines));
        list.getStyleClass().addAll("ask-detail", "ask-long");
        list.setAccessibleText("What would be done, " + lines.size() + " lines");
        list.setCellFactory(_ ->
                new ListCell<>() {
                    @Override
                    protected void updateItem(@Nullable Line line, boolean empty) {
                        super.updateItem(line, empty);
                        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
                        Label shown = line == null || empty ? null : line(line);
                        if (shown != null) {
                            shown.maxWidthProperty().bind(list.widthProperty().subtract(32));
                        }
                        setGraphic(shown);
                        setPrefWidth(0);
                    }
                });
        return list;
    }

    private static Label line(Line line) {
        String sign =
                switch (line.mark()) {
                    case ADDED -> "+ ";
                    case REMOVED -> "− ";
                    case PLAIN, HEADING -> "";
                };
        Label label = Controls.label(sign + line.text());
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass()
                .addAll("code", "line-" + line.mark().name().toLowerCase(java.util.Locale.ROOT));
        return label;
    }

    private static Node answers(AsksViewModel model, Ask ask) {
        boolean plan = ask.kind() instanceof Ask.Kind.Plan;
        TextField reason = new TextField();
        reason.setPromptText(plan ? "What should be different?" : "Why not? (optional)");
        reason.getStyleClass().add("ask-reason");
        HBox.setHgrow(reason, Priority.ALWAYS);
        Button deny = answer("ask-deny", plan ? "Keep planning" : "Deny", AnswerKeys.DENY.shown());
        deny.setMinWidth(USE_PREF_SIZE);
        deny.setOnAction(_ -> model.deny(reason.getText()));
        reason.setOnAction(_ -> model.deny(reason.getText()));
        Button allow =
                answer("ask-allow", plan ? "Approve plan" : "Allow once", AnswerKeys.ALLOW.shown());
        allow.getStyleClass().add("accent");
        allow.setMinWidth(USE_PREF_SIZE);
        allow.setOnAction(_ -> model.allow());
        List<Button> yes = new ArrayList<>();
        Ask.Rule rule = ask.rule();
        if (rule != null && !plan) {
            Button always = answer("ask-always", label(rule), AnswerKeys.ALWAYS.shown());
            always.setOnAction(_ -> model.always());
            always.setTooltip(Controls.tooltip(consequence(rule)));
            yes.add(always);
        }
        yes.add(allow);
        String what = plan ? "What should be different" : "Reason for denying";
        return new StackPane(
                new AnswerRow(List.of(deny, reason), yes), new FieldName(what, reason));
    }

    /// A command speaks for itself; anything else needs the tool's name before what it is about.
    private static String label(Ask.Rule rule) {
        String content = rule.content();
        String about =
                content == null
                        ? rule.tool()
                        : rule.tool().equals("Bash") ? content : rule.tool() + " " + content;
        String what = VisibleText.of(about).replace('\n', ' ');
        return "Always allow " + ShownText.shortened(what, 28) + " here";
    }

    private static String consequence(Ask.Rule rule) {
        String content = rule.content();
        return "In this session Claude will not ask again for "
                + rule.tool()
                + (content == null ? "" : ": " + VisibleText.of(content))
                + ".";
    }

    private static Button answer(String id, String words, String chord) {
        Label key = Controls.label(chord);
        key.getStyleClass().add("chord");
        Button button = Controls.button(words, key);
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.setId(id);
        button.getStyleClass().add("answer");
        button.setAccessibleText(words + ", " + chord);
        return button;
    }
}
