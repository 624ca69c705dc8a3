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
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/// The chips of all attachments, above the text of the composer; hidden if there are none. Many
/// chips scroll.
///
/// Keys: left and right move between the chips.
public final class AttachmentTray extends ScrollPane {
    /// The greatest height, pixels: three rows of chips.
    private static final double MAX_HEIGHT = 180;

    private final FlowPane chips = new FlowPane(6, 6);
    private final AttachmentsViewModel model;
    private final Runnable focusField;
    private final Consumer<DraftAttachment> show;

    /// Thumbnails by id of the attachment, as long as it is shown.
    private final Map<String, Image> thumbnails = new HashMap<>();

    /// @param focusField moves the focus to the text area
    /// @param show shows an attachment in full
    public AttachmentTray(
            AttachmentsViewModel model, Runnable focusField, Consumer<DraftAttachment> show) {
        this.model = model;
        this.focusField = focusField;
        this.show = show;
        setContent(chips);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinHeight(0);
        getStyleClass().add("attachments-scroll");
        chips.setId("attachments");
        chips.getStyleClass().add("attachments");
        setAccessibleText("Attachments");
        chips.heightProperty()
                .subscribe(h -> setPrefViewportHeight(Math.min(h.doubleValue(), MAX_HEIGHT)));
        model.attachments().addListener((ListChangeListener<DraftAttachment>) _ -> fill());
        addEventHandler(KeyEvent.KEY_PRESSED, this::onKeyPressed);
        fill();
    }

    private void fill() {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        int index = chips.getChildren().indexOf(focused);
        // Each of a hundred files changes the list twice while it is prepared.
        Map<DraftAttachment, AttachmentChip> before = new HashMap<>();
        for (Node child : chips.getChildren()) {
            if (child instanceof AttachmentChip c) {
                before.put(c.attachment(), c);
            }
        }
        List<AttachmentChip> all = new ArrayList<>();
        for (DraftAttachment a : model.attachments()) {
            AttachmentChip known = before.get(a);
            all.add(known == null ? chip(a) : known);
        }
        thumbnails
                .keySet()
                .retainAll(model.attachments().stream().map(DraftAttachment::id).toList());
        chips.getChildren().setAll(all);
        setVisible(!all.isEmpty());
        setManaged(!all.isEmpty());
        if (index >= 0) {
            if (all.isEmpty()) {
                focusField.run();
            } else {
                all.get(Math.min(index, all.size() - 1)).requestFocus();
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
        chip.focusedProperty()
                .subscribe(focused -> {
                    if (focused) {
                        scrollTo(chip);
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

    private void scrollTo(Node chip) {
        double room = chips.getHeight() - getViewportBounds().getHeight();
        if (room > 0) {
            setVvalue(Math.min(1, chip.getBoundsInParent().getMinY() / room));
        }
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
                    for (Node child : chips.getChildren()) {
                        if (child instanceof AttachmentChip c && c.attachment().id().equals(id)) {
                            c.showThumbnail(image);
                        }
                    }
                });
    }

    private void onKeyPressed(KeyEvent e) {
        int at = chips.getChildren().indexOf(getScene().getFocusOwner());
        int next =
                e.getCode() == KeyCode.LEFT ? at - 1 : e.getCode() == KeyCode.RIGHT ? at + 1 : -1;
        if (at >= 0 && next >= 0 && next < chips.getChildren().size()) {
            chips.getChildren().get(next).requestFocus();
            e.consume();
        }
    }
}
