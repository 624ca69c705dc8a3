package dev.oriel.app.asks.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.AnswerKeys;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.InputEdits;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.app.text.markdown.PlainLines;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.message.Graphemes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Control;
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
        AskContentView content = ask.canBeAllowed() ? new AskContentView(model, ask, diffs) : null;
        if (content != null) {
            VBox shown = new VBox(content);
            getChildren().add(shown);
            List<InputEdits.Part> parts = InputEdits.parts(ask);
            if (!parts.isEmpty()) {
                Consumer<Ask> show =
                        changed ->
                                shown.getChildren()
                                        .setAll(new AskContentView(model, changed, diffs));
                getChildren().add(new InputEditor(model.draft(ask), ask, parts, show));
            }
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
        if (!ask.choices().isEmpty() && ask.kind() instanceof Ask.Kind.Permission) {
            // The buttons and the menu may show only the start of what is saved.
            add(savedWords(ask), "ask-purpose");
        }
        Button deny = answer("ask-deny", denyName(model, ask), AnswerKeys.DENY.shown());
        if (content != null && ask.kind() instanceof Ask.Kind.Plan(String text, _)) {
            PlanCommentsView comments =
                    new PlanCommentsView(
                            model.draft(ask),
                            PlainLines.of(text),
                            () -> rename(deny, denyName(model, ask), AnswerKeys.DENY.shown()));
            content.setOnPicked(comments::choose);
            getChildren().add(comments);
        }
        getChildren().add(answers(model, ask, deny));
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

    private static String denyName(AsksViewModel model, Ask ask) {
        if (ask.tool().equals(Ask.TRUST)) {
            return "Not now";
        }
        if (!(ask.kind() instanceof Ask.Kind.Plan)) {
            return "Deny";
        }
        int comments = model.draft(ask).comments().size();
        return comments == 0
                ? "Keep planning"
                : comments == 1 ? "Send the comment" : "Send " + comments + " comments";
    }

    /// Everything that can be saved, in full; what the menu adds is where.
    private static String savedWords(Ask ask) {
        List<String> rules = ask.choices().getFirst().saved();
        return "“Always” saves: "
                + EscapedText.of(String.join(", ", rules))
                + (ask.choices().size() > 1 ? ". “Save…” shows where." : ", in this session.");
    }

    private static Node answers(AsksViewModel model, Ask ask, Button deny) {
        boolean plan = ask.kind() instanceof Ask.Kind.Plan;
        boolean trust = ask.tool().equals(Ask.TRUST);
        AskDraft draft = model.draft(ask);
        TextField reason = new TextField(draft.reason());
        reason.setId("ask-reason");
        reason.textProperty().subscribe(now -> draft.setReason(now));
        reason.setPromptText(plan ? "What should change?" : "Why not? (optional)");
        reason.getStyleClass().add("ask-reason");
        HBox.setHgrow(reason, Priority.ALWAYS);
        deny.setMinWidth(USE_PREF_SIZE);
        deny.setOnAction(_ -> model.deny());
        reason.setOnAction(_ -> model.deny());
        Button allow =
                answer(
                        "ask-allow",
                        plan ? "Approve plan" : trust ? "Trust folder" : "Allow once",
                        AnswerKeys.ALLOW.shown());
        allow.getStyleClass().add("accent");
        allow.setMinWidth(USE_PREF_SIZE);
        allow.setOnAction(_ -> model.allow());
        List<Control> yes = new ArrayList<>();
        Ask.Rule rule = ask.rule();
        if (rule != null && !plan) {
            Button always = answer("ask-always", label(ask, rule), AnswerKeys.ALWAYS.shown());
            always.setOnAction(_ -> model.allowAlways());
            always.setTooltip(Controls.tooltip(consequence(ask)));
            yes.add(always);
        }
        if (plan) {
            // Without a plan there is nothing to approve, in no mode.
            if (ask.canBeAllowed()) {
                yes.add(new ChoicesButton("ask-modes", "Approve…", model, ask, ask.choices()));
            }
        } else if (rule == null ? !ask.choices().isEmpty() : ask.choices().size() > 1) {
            yes.add(new ChoicesButton("ask-scopes", "Save…", model, ask, ask.choices()));
        }
        if (ask.canBeAllowed()) {
            yes.add(allow);
        }
        String what = plan ? "What should change" : "Reason for denying";
        if (trust) {
            return new AnswerButtons(List.of(deny), yes); // a reason has no effect
        }
        return new StackPane(
                new AnswerButtons(List.of(deny, reason), yes), new HiddenLabel(what, reason));
    }

    private static String label(Ask ask, Ask.Rule rule) {
        int rules = ask.choices().getFirst().saved().size();
        if (rules > 1) {
            return "Always allow these " + rules + " rules here";
        }
        String what = EscapedText.of(rule.covers()).replace('\n', ' ');
        return rule.content() == null
                ? "Allow " + Graphemes.truncate(what, ROOM) + ", in this session"
                : "Always allow " + Graphemes.truncate(what, ROOM) + " here";
    }

    private static String consequence(Ask ask) {
        return "In this session Claude will not ask again for what these rules cover: "
                + EscapedText.of(String.join(", ", ask.choices().getFirst().saved()))
                + ".";
    }

    private static void rename(Button button, String words, String chord) {
        Controls.setText(button, words);
        button.setAccessibleText(words + ", " + chord);
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
