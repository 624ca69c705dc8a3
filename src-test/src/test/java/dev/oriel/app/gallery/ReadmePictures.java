package dev.oriel.app.gallery;

import dev.oriel.app.Screenshot;
import java.nio.file.Path;

/// Takes the screenshots of the README, which are pages of the [Gallery]. `packaging/README.md` has
/// the command.
public final class ReadmePictures {
    private ReadmePictures() {}

    /// @param args the folder to write to
    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        Path out = Path.of(args[0]);
        for (GalleryPage page : GalleryPage.all()) {
            switch (page.name()) {
                case "readme-window" ->
                        new Gallery(out, "light", 1280, 960).takeOne(page, "window-light.png");
                case "readme-answer" ->
                        new Gallery(out, "dark", 1000, 860).takeOne(page, "answer-dark.png");
                case "readme-plan" ->
                        new Gallery(out, "light", 1000, 860).takeOne(page, "plan-light.png");
                default -> {
                    // It is not in the README.
                }
            }
        }
        System.exit(0);
    }
}
