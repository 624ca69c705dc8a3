package dev.oriel.app.asks.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.asks.AskDraft;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.request.Ask;
import dev.oriel.app.asks.request.Elicitation;
import dev.oriel.app.asks.request.FieldValidation;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.text.EscapedText;
import dev.oriel.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// The form of an MCP server, or the address that it asks to visit, with three buttons: send,
/// decline, cancel.
final class ElicitationView extends VBox {
    private final AsksViewModel model;
    private final List<FormFieldView> fields = new ArrayList<>();
    private final VBox all = new VBox();
    private final ScrollPane scroll = new ScrolledList(all);

    /// @param browser opens a page
    ElicitationView(AsksViewModel model, Ask ask, Elicitation asked, Consumer<String> browser) {
        this.model = model;
        getStyleClass().add("ask-body");
        all.getStyleClass().add("ask-questions");
        Label message = Controls.label(EscapedText.of(asked.message()));
        Controls.wrapping(message);
        message.setMinHeight(USE_PREF_SIZE);
        all.getChildren().add(message);
        if (asked.url() != null) {
            all.getChildren().add(new UrlView(asked.url(), browser));
        }
        AskDraft draft = model.draft(ask);
        for (int i = 0; i < asked.fields().size(); i++) {
            FormFieldView field = new FormFieldView(draft, asked.fields().get(i), i, this::send);
            fields.add(field);
            all.getChildren().add(field);
        }
        getChildren().addAll(scroll, answers(asked.url() == null ? "Send" : "Continue"));
    }

    private AnswerButtons answers(String accept) {
        Button decline = Controls.button("Decline");
        decline.setId("ask-deny");
        decline.getStyleClass().add("answer");
        decline.setOnAction(_ -> model.answerForm("decline", Json.object()));
        Button cancel = Controls.button("Cancel");
        cancel.setId("ask-cancel");
        cancel.getStyleClass().add("answer");
        cancel.setOnAction(_ -> model.dismiss());
        Button send = Controls.button(accept);
        send.setId("ask-allow");
        send.getStyleClass().addAll("answer", "accent");
        send.setOnAction(_ -> send());
        decline.setMinWidth(USE_PREF_SIZE);
        return new AnswerButtons(List.of(decline), List.of(cancel, send));
    }

    /// Sends the form if all values are valid, else focuses the first one that is not.
    private void send() {
        List<FormFieldView> invalid = fields.stream().filter(f -> !f.validate()).toList();
        if (invalid.isEmpty()) {
            model.answerForm("accept", content());
        } else {
            invalid.getFirst().first().requestFocus();
            bringIntoSight(invalid.getFirst());
        }
    }

    private void bringIntoSight(Node part) {
        scroll.applyCss();
        scroll.layout();
        Bounds bounds = part.getBoundsInParent();
        double room = scroll.getViewportBounds().getHeight();
        double hidden = all.getHeight() - room;
        if (hidden > 0) {
            scroll.setVvalue(Math.clamp(bounds.getMinY() / hidden, 0.0, 1.0));
        }
    }

    private ObjectNode content() {
        ObjectNode content = Json.object();
        for (FormFieldView view : fields) {
            put(content, view.field(), view.value());
        }
        return content;
    }

    /// An optional field without a value is omitted.
    private static void put(ObjectNode content, Elicitation.Field field, String value) {
        String name = field.name();
        if (field.type() == Elicitation.Type.BOOLEAN) {
            content.put(name, value.equals("true"));
        } else if (!value.isBlank()) {
            switch (field.type()) {
                case NUMBER -> content.put(name, FieldValidation.decimal(value.strip()));
                case INTEGER -> content.put(name, FieldValidation.integer(value.strip()));
                case CHOICES -> {
                    ArrayNode array = content.putArray(name);
                    for (String one : value.split(Elicitation.SEPARATOR)) {
                        array.add(one);
                    }
                }
                case TEXT, CHOICE, BOOLEAN -> content.put(name, value);
            }
        }
    }
}
