package dev.oriel.app.composer.attach;

import dev.oriel.app.media.ImageDecoder;
import dev.oriel.app.media.UndecodableImageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/// The chips of all attachments, above the text of the composer; hidden if there are none.
///
/// Keys: left and right move between the chips.
public final class AttachmentTray extends FlowPane {
    private final AttachmentsViewModel model;
    private final Runnable focusField;
    private final Consumer<DraftAttachment> show;

    /// Thumbnails by id of the attachment, as long as it is shown.
    private final Map<String, Image> thumbnails = new HashMap<>();

    /// @param focusField moves the focus to the text area
    /// @param show shows an attachment in full
    public AttachmentTray(
            AttachmentsViewModel model, Runnable focusField, Consumer<DraftAttachment> show) {
        super(6, 6);
        this.model = model;
        this.focusField = focusField;
        this.show = show;
        setId("attachments");
        getStyleClass().add("attachments");
        setAccessibleText("Attachments");
        model.attachments().addListener((ListChangeListener<DraftAttachment>) _ -> fill());
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        fill();
    }

    private void fill() {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        int index = getChildren().indexOf(focused);
        List<AttachmentChip> chips = new ArrayList<>();
        for (DraftAttachment a : model.attachments()) {
            chips.add(chip(a));
        }
        thumbnails
                .keySet()
                .retainAll(model.attachments().stream().map(DraftAttachment::id).toList());
        getChildren().setAll(chips);
        setVisible(!chips.isEmpty());
        setManaged(!chips.isEmpty());
        if (index >= 0) {
            if (chips.isEmpty()) {
                focusField.run();
            } else {
                chips.get(Math.min(index, chips.size() - 1)).requestFocus();
            }
        }
    }

    private AttachmentChip chip(DraftAttachment attachment) {
        AttachmentChip chip =
                new AttachmentChip(
                        attachment,
                        new AttachmentChip.Actions() {
                            @Override
                            public void show(DraftAttachment a) {
                                if (a.isReady()) {
                                    show.accept(a);
                                }
                            }

                            @Override
                            public void remove(DraftAttachment a) {
                                model.remove(a);
                            }
                        });
        if (chip.wantsThumbnail()) {
            Image known = thumbnails.get(attachment.id());
            if (known == null) {
                loadThumbnail(chip);
            } else {
                chip.showThumbnail(known);
            }
        }
        return chip;
    }

    private void loadThumbnail(AttachmentChip chip) {
        int edge = 2 * AttachmentChip.THUMBNAIL;
        String id = chip.attachment().id();
        model.decode(
                chip.attachment(),
                bytes -> {
                    try {
                        return ImageDecoder.decode(bytes, edge, edge);
                    } catch (UndecodableImageException e) {
                        // Formats that only Claude can read keep their icon.
                        return null;
                    }
                },
                image -> {
                    thumbnails.put(id, image);
                    for (Node child : getChildren()) {
                        if (child instanceof AttachmentChip c && c.attachment().id().equals(id)) {
                            c.showThumbnail(image);
                        }
                    }
                });
    }

    private void onKeyPressed(KeyEvent e) {
        int at = getChildren().indexOf(getScene().getFocusOwner());
        int next =
                e.getCode() == KeyCode.LEFT ? at - 1 : e.getCode() == KeyCode.RIGHT ? at + 1 : -1;
        if (at >= 0 && next >= 0 && next < getChildren().size()) {
            getChildren().get(next).requestFocus();
            e.consume();
        }
    }
}
