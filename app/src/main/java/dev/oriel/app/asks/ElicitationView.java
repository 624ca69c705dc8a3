package dev.oriel.app.asks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.oriel.app.access.FieldName;
import dev.oriel.app.controls.Controls;
import dev.oriel.message.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BooleanSupplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The form of an MCP server, or the address that it asks to visit, with the three answers there
/// are: send it, decline, or leave it without an answer.
final class ElicitationView extends VBox {
    /// How much of the window the form takes at most.
    private static final double SHARE = 0.5;

    private final AskForm form;
    private final Elicitation asked;
    private final Button send = Controls.button("Send");

    ElicitationView(AsksViewModel model, Ask ask, Elicitation asked) {
        this.form = model.form(ask);
        this.asked = asked;
        getStyleClass().add("ask-body");
        VBox all = new VBox(8);
        all.getStyleClass().add("ask-questions");
        Label message = Controls.label(VisibleText.of(asked.message()));
        message.setWrapText(true);
        all.getChildren().add(message);
        String url = asked.url();
        if (url != null) {
            all.getChildren().addAll(address(url));
            Controls.text(send, "I have been there");
        }
        for (int i = 0; i < asked.fields().size(); i++) {
            all.getChildren().add(field(asked.fields().get(i), i));
        }
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("ask-scroll");
        sceneProperty()
                .subscribe(scene -> {
                    scroll.maxHeightProperty().unbind();
                    if (scene != null) {
                        scroll.maxHeightProperty().bind(scene.heightProperty().multiply(SHARE));
                    }
                });
        getChildren().addAll(scroll, answers(model));
        check();
    }

    private HBox answers(AsksViewModel model) {
        Button decline = Controls.button("Decline");
        decline.setId("ask-deny");
        decline.getStyleClass().add("answer");
        decline.setOnAction(_ -> model.elicited("decline", Json.object()));
        Button cancel = Controls.button("Cancel");
        cancel.getStyleClass().add("answer");
        cancel.setOnAction(_ -> model.elicited("cancel", Json.object()));
        send.setId("ask-allow");
        send.getStyleClass().addAll("answer", "accent");
        send.setOnAction(_ -> model.elicited("accept", content()));
        HBox row = new HBox(8, decline, cancel, send);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    /// To read and to copy; what a server names is not opened by a press on it.
    private static Node[] address(String url) {
        TextField shown = new TextField(VisibleText.of(url));
        shown.setEditable(false);
        return new Node[] {shown, new FieldName("Address to visit", shown)};
    }

    private VBox field(Elicitation.Field field, int number) {
        String words = VisibleText.of(field.label()) + (field.required() ? "" : " (optional)");
        String first = form.own.computeIfAbsent(number, _ -> field.standard());
        VBox box = new VBox(4);
        switch (field.type()) {
            case BOOLEAN -> {
                CheckBox check = Controls.checkBox(words);
                check.setWrapText(true);
                check.setSelected(first.equals("true"));
                check.selectedProperty().subscribe(on -> entered(number, String.valueOf(on)));
                box.getChildren().add(check);
            }
            case CHOICE -> {
                box.getChildren().add(label(words));
                ToggleGroup group = new ToggleGroup();
                for (Elicitation.Choice choice : field.choices()) {
                    RadioButton button = Controls.radioButton(VisibleText.of(choice.label()));
                    button.setWrapText(true);
                    button.setToggleGroup(group);
                    button.setSelected(first.equals(choice.value()));
                    button.selectedProperty()
                            .subscribe(on -> {
                                if (on) {
                                    entered(number, choice.value());
                                }
                            });
                    box.getChildren().add(button);
                }
            }
            case TEXT, NUMBER, INTEGER -> {
                TextField text = new TextField(first);
                text.textProperty().subscribe(now -> entered(number, now));
                Label label = label(words);
                label.setLabelFor(text);
                box.getChildren().addAll(label, text);
            }
        }
        return box;
    }

    private static Label label(String words) {
        Label label = Controls.label(words);
        label.setWrapText(true);
        return label;
    }

    private void entered(int number, String value) {
        form.own.put(number, value);
        check();
    }

    private void check() {
        boolean right = true;
        for (int i = 0; i < asked.fields().size(); i++) {
            right &= isRight(asked.fields().get(i), form.own.getOrDefault(i, "").strip());
        }
        send.setDisable(!right);
    }

    private static boolean isRight(Elicitation.Field field, String value) {
        if (value.isEmpty()) {
            return !field.required() || field.type() == Elicitation.Type.BOOLEAN;
        }
        return switch (field.type()) {
            case NUMBER -> parses(() -> new BigDecimal(value).precision() < 100);
            case INTEGER -> parses(() -> new BigInteger(value).bitLength() < 200);
            case TEXT, BOOLEAN, CHOICE -> true;
        };
    }

    private static boolean parses(BooleanSupplier number) {
        try {
            return number.getAsBoolean();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private ObjectNode content() {
        ObjectNode content = Json.object();
        for (int i = 0; i < asked.fields().size(); i++) {
            Elicitation.Field field = asked.fields().get(i);
            String value = form.own.getOrDefault(i, "");
            switch (field.type()) {
                case BOOLEAN -> content.put(field.name(), value.equals("true"));
                case NUMBER -> {
                    if (!value.isBlank()) {
                        content.put(field.name(), new BigDecimal(value.strip()));
                    }
                }
                case INTEGER -> {
                    if (!value.isBlank()) {
                        content.put(field.name(), new BigInteger(value.strip()));
                    }
                }
                case TEXT, CHOICE -> {
                    if (!value.isEmpty()) {
                        content.put(field.name(), value);
                    }
                }
            }
        }
        return content;
    }
}
