package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.AnswerKeys;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A request for permission: everything that the tool would do, and three buttons that name their
/// consequences.
final class PermissionView extends VBox {
    /// The most characters on a button.
    private static final int ROOM = 34;

    PermissionView(AsksViewModel model, Ask ask, DiffPanes diffs) {
        getStyleClass().add("ask-body");
        if (ask.purpose() != null && !ask.purpose().isBlank()) {
            add(EscapedText.of(ask.purpose()), "ask-purpose");
        }
        if (ask.canBeAllowed()) {
            getChildren().add(new AskContentView(model, ask, diffs));
        }
        if (ask.kind() instanceof Ask.Kind.Plan(_, boolean cut) && cut) {
            add("The plan is longer than this; its end is not shown.", "ask-outside");
        }
        if (ask.askedPath() != null) {
            place(ask.askedPath());
        }
        if (ask.reason() != null && !ask.reason().isBlank()) {
            add(EscapedText.of(ask.reason()), "ask-purpose");
        }
        Ask.Rule rule = ask.rule();
        if (rule != null && ask.kind() instanceof Ask.Kind.Permission && isLong(rule)) {
            // The button shows only the start of the rule, so the whole rule is shown above.
            add(alwaysWords(rule), "ask-purpose");
        }
        getChildren().add(answers(model, ask));
    }

    private void place(Ask.AskedPath place) {
        String path = EscapedText.of(place.path());
        switch (place.where()) {
            case OUTSIDE -> add("Outside this session's folder: " + path, "ask-outside");
            case UNKNOWN -> add("Path: " + path, "ask-purpose");
            case INSIDE -> {
                // The usual place, which needs no mention.
            }
        }
    }

    private void add(String words, String style) {
        Label label = Controls.label(words);
        Controls.wrapping(label);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        getChildren().add(label);
    }

    private static Node answers(AsksViewModel model, Ask ask) {
        boolean plan = ask.kind() instanceof Ask.Kind.Plan;
        boolean trust = ask.tool().equals(Ask.TRUST);
        AskDraft draft = model.draft(ask);
        TextField reason = new TextField(draft.reason());
        reason.setId("ask-reason");
        reason.textProperty().subscribe(now -> draft.setReason(now));
        reason.setPromptText(plan ? "What should be different?" : "Why not? (optional)");
        reason.getStyleClass().add("ask-reason");
        HBox.setHgrow(reason, Priority.ALWAYS);
        Button deny =
                answer(
                        "ask-deny",
                        plan ? "Keep planning" : trust ? "Not now" : "Deny",
                        AnswerKeys.DENY.shown());
        deny.setMinWidth(USE_PREF_SIZE);
        deny.setOnAction(_ -> model.deny(reason.getText()));
        reason.setOnAction(_ -> model.deny(reason.getText()));
        Button allow =
                answer(
                        "ask-allow",
                        plan ? "Approve plan" : trust ? "Trust folder" : "Allow once",
                        AnswerKeys.ALLOW.shown());
        allow.getStyleClass().add("accent");
        allow.setMinWidth(USE_PREF_SIZE);
        allow.setOnAction(_ -> model.allow());
        List<Button> yes = new ArrayList<>();
        Ask.Rule rule = ask.rule();
        if (rule != null && !plan) {
            Button always = answer("ask-always", label(rule), AnswerKeys.ALWAYS.shown());
            always.setOnAction(_ -> model.allowAlways());
            always.setTooltip(Controls.tooltip(consequence(rule)));
            yes.add(always);
        }
        if (ask.canBeAllowed()) {
            yes.add(allow);
        }
        String what = plan ? "What should be different" : "Reason for denying";
        if (trust) {
            return new AnswerButtons(List.of(deny), yes); // a reason has no effect
        }
        return new StackPane(
                new AnswerButtons(List.of(deny, reason), yes), new HiddenLabel(what, reason));
    }

    private static boolean isLong(Ask.Rule rule) {
        return EscapedText.of(rule.covers()).length() > ROOM;
    }

    private static String label(Ask.Rule rule) {
        String what = EscapedText.of(rule.covers()).replace('\n', ' ');
        return rule.content() == null
                ? "Allow " + Graphemes.truncate(what, ROOM) + ", in this session"
                : "Always allow " + Graphemes.truncate(what, ROOM) + " here";
    }

    private static String alwaysWords(Ask.Rule rule) {
        return "“Always” allows, in this session: " + EscapedText.of(rule.covers());
    }

    private static String consequence(Ask.Rule rule) {
        return "In this session Claude will not ask again for "
                + EscapedText.of(rule.covers())
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
