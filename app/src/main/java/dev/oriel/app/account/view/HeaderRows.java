package dev.oriel.app.account.view;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.account.KeyForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The fields for further headers of requests: a name and a hidden value each.
final class HeaderRows extends VBox {
    private static final int MOST = 8;

    private final List<Fields> rows = new ArrayList<>();
    private final VBox list = new VBox(4);
    private final Runnable submit;
    private final Runnable edited;
    private final Button more;

    private record Fields(TextField name, KeyField value) {}

    /// @param submit called when Enter is pressed in a field
    /// @param edited called when a field changes
    HeaderRows(Runnable submit, Runnable edited) {
        super(6);
        this.submit = submit;
        this.edited = edited;
        more = Parts.link("account-header-add", "Another header", this::addAndFocus);
        getChildren().addAll(list, more);
        add();
    }

    private void add() {
        int number = rows.size() + 1;
        TextField name = new TextField();
        name.setId("account-header-" + number);
        name.setPromptText("Header, for example X-Team");
        name.setPrefColumnCount(12);
        KeyField value = new KeyField("account-header-value-" + number, "Value");
        value.setPrefColumnCount(12);
        for (TextField field : List.of(name, value)) {
            HBox.setHgrow(field, Priority.ALWAYS);
            field.setOnAction(_ -> submit.run());
            field.textProperty().subscribe((_, _) -> edited.run());
        }
        list.getChildren()
                .add(
                        new HBox(
                                6,
                                name,
                                new HiddenLabel("Name of header " + number, name),
                                value,
                                new HiddenLabel("Value of header " + number, value)));
        rows.add(new Fields(name, value));
        Parts.show(more, rows.size() < MOST);
    }

    private void addAndFocus() {
        add();
        rows.getLast().name().requestFocus();
    }

    List<KeyForm.Header> headers() {
        return rows.stream()
                .map(r ->
                        new KeyForm.Header(
                                Objects.toString(r.name().getText(), ""), r.value().key()))
                .toList();
    }

    void clear() {
        rows.clear();
        list.getChildren().clear();
        add();
    }
}
