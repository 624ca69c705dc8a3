package dev.oriel.app.media.view;

import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.transcript.area.EmbeddedNodes;
import dev.oriel.app.transcript.document.Embedded;
import javafx.scene.Node;

/// Makes the nodes of images and documents in the transcript.
public final class MediaNodes implements EmbeddedNodes {
    private final MediaLoader loader;

    public MediaNodes(MediaLoader loader) {
        this.loader = loader;
    }

    @Override
    public Node create(Embedded what) {
        return switch (what) {
            case Embedded.Picture(var image, int width, int height) ->
                    new PictureNode(image, width, height, loader);
            case Embedded.FileChip(var file) -> new FileChipNode(file);
        };
    }
}
