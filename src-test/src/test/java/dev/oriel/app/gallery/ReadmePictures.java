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
        Gallery gallery = new Gallery(Path.of(args[0]));
        for (GalleryPage page : GalleryPage.all()) {
            switch (page.name()) {
                case "readme-window" ->
                        gallery.takeOne(page, "light", "1280x960", "window-light.png");
                case "readme-answer" ->
                        gallery.takeOne(page, "dark", "1000x860", "answer-dark.png");
                case "readme-plan" -> gallery.takeOne(page, "light", "1000x860", "plan-light.png");
                default -> {
                    // It is not in the README.
                }
            }
        }
        System.exit(0);
    }
}
