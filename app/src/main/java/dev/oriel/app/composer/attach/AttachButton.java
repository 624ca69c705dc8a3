package dev.oriel.app.composer.attach;

import dev.oriel.app.controls.Controls;
import java.io.File;
import java.util.List;
import javafx.scene.control.Button;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The button that chooses files to attach.
public final class AttachButton {
    private final Button button = Controls.button(null, new FontIcon(Feather.PLUS));

    /// @param focusField moves the focus to the text area
    public AttachButton(AttachmentsViewModel model, Runnable focusField) {
        button.setId("attach");
        button.setAccessibleText("Attach files");
        button.setTooltip(
                Controls.tooltip(
                        "Attach images, PDF documents and text files; or paste or drop them"));
        button.getStyleClass().addAll("ghost", "attach");
        button.setOnAction(_ -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle("Attach files");
            List<File> files = chooser.showOpenMultipleDialog(button.getScene().getWindow());
            if (files != null) {
                model.addFiles(files.stream().map(File::toPath).toList());
            }
            focusField.run();
        });
    }

    public Button node() {
        return button;
    }
}
