package dev.oriel.app.gallery;

import dev.oriel.app.Screenshot;
import dev.oriel.app.TestWindow;
import dev.oriel.app.settings.Settings;
import dev.oriel.app.settings.ThemeChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javafx.scene.control.ContextMenu;
import javafx.scene.image.WritableImage;
import javafx.stage.Window;
import org.fxmisc.richtext.GenericStyledArea;

/// Renders every page of the gallery in the real window, for a review by eye, and reports what
/// [PageAudit] finds in it.
///
/// Arguments: the folder to write to, then any of: sizes such as `1000x700`, or `660x480@28` with
/// the size of text (default: 1000x700 and 1440x900), themes `light`, `dark`, `contrast` (default:
/// all), and names of pages, where `*` stands for any characters (default: all). A page that is
/// longer than the window makes several pictures. `CONTRIBUTING.md` has the command.
public final class Gallery {
    /// The most pictures of one page.
    private static final int MOST_VIEWS = 8;

    /// How many pictures in a row, 250 ms apart, are the same when nothing more is expected.
    private static final int SAME_PICTURES = 3;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(5);
    private static final List<String> THEMES = List.of("light", "dark", "contrast");

    private final Path out;

    /// The size of a window and of its text.
    ///
    /// @param text in pixels; 0 for the size of the page's settings
    private record Size(int width, int height, int text) {
        static Size of(String words) {
            String[] numbers = words.split("[x@]");
            return new Size(
                    Integer.parseInt(numbers[0]),
                    Integer.parseInt(numbers[1]),
                    numbers.length > 2 ? Integer.parseInt(numbers[2]) : 0);
        }

        String name() {
            return text == 0 ? String.valueOf(width) : width + "@" + text;
        }
    }

    Gallery(Path out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        List<String> more = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        List<Size> sizes =
                take(more, "\\d+x\\d+(@\\d+)?", List.of("1000x700", "1440x900")).stream()
                        .map(Size::of)
                        .toList();
        List<String> themes = take(more, String.join("|", THEMES), THEMES);
        List<GalleryPage> pages =
                GalleryPage.all().stream()
                        .filter(p -> more.isEmpty() || more.stream().anyMatch(n -> fits(n, p)))
                        .toList();
        Gallery gallery = new Gallery(Path.of(args[0]));
        Set<String> failed = new TreeSet<>();
        for (GalleryPage page : pages) {
            try {
                gallery.take(page, sizes, themes);
            } catch (AssertionError e) {
                failed.add(page.name());
                e.printStackTrace();
            }
        }
        System.out.println("Pages that failed: " + failed);
        System.exit(failed.isEmpty() ? 0 : 1);
    }

    private static List<String> take(List<String> args, String form, List<String> otherwise) {
        List<String> found = args.stream().filter(a -> a.matches(form)).toList();
        args.removeAll(found);
        return found.isEmpty() ? otherwise : found;
    }

    private static boolean fits(String pattern, GalleryPage page) {
        String form =
                Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElseThrow();
        return page.name().matches(form);
    }

    /// Plays a page once for all sizes and themes, or once for each size if a menu is open in the
    /// end, because a menu does not move with the window.
    private void take(GalleryPage page, List<Size> sizes, List<String> themes) throws IOException {
        List<Size> left = new ArrayList<>(sizes);
        while (!left.isEmpty()) {
            Size first = left.getFirst();
            try (TestWindow window = play(page, themes.getFirst(), first)) {
                boolean menu = TestWindow.on(Gallery::hasMenu);
                for (Size size : menu ? List.of(first) : List.copyOf(left)) {
                    left.remove(size);
                    for (String theme : themes) {
                        change(window, theme, size);
                        settle(window, 1);
                        take(window, page, size, theme);
                    }
                }
                if (left.isEmpty() && !menu && !page.name().startsWith("picker")) {
                    FocusWalk.of(window).forEach(f -> System.out.println(page.name() + ": " + f));
                }
            }
        }
    }

    private static boolean hasMenu() {
        return Window.getWindows().stream().anyMatch(ContextMenu.class::isInstance);
    }

    private static void change(TestWindow window, String theme, Size size) {
        window.changeSettings(s -> {
            Settings themed = s.withTheme(ThemeChoice.valueOf(theme.toUpperCase(Locale.ROOT)));
            return size.text() == 0 ? themed : themed.withTextSize(size.text());
        });
        TestWindow.run(() -> {
            window.stage().setWidth(size.width());
            window.stage().setHeight(size.height());
        });
    }

    private void take(TestWindow window, GalleryPage page, Size size, String theme)
            throws IOException {
        String name = "%s-%s-%s".formatted(page.name(), size.name(), theme);
        if (page.steps().isEmpty()) {
            views(window, name);
        } else {
            write(window, name, 1);
        }
        TestWindow.on(() -> PageAudit.of(window.stage().getScene()))
                .forEach(fault -> System.out.println(name + ": " + fault));
    }

    /// Takes one picture of a page as it is in the end.
    void takeOne(GalleryPage page, String theme, String size, String file) throws IOException {
        try (TestWindow window = play(page, theme, Size.of(size))) {
            Screenshot.writeWithPopups(window.stage(), out.resolve(file));
        }
    }

    private static TestWindow play(GalleryPage page, String theme, Size size) throws IOException {
        GalleryPlayer player = new GalleryPlayer(page, Gallery::settle);
        return player.play(theme, size.width(), size.height());
    }

    private void write(TestWindow window, String name, int view) throws IOException {
        String file = "%s-%d.png".formatted(name, view);
        Screenshot.writeWithPopups(window.stage(), out.resolve(file));
    }

    private void views(TestWindow window, String name) throws IOException {
        GenericStyledArea<?, ?, ?> area = (GenericStyledArea<?, ?, ?>) window.node("transcript");
        // While colours of code arrive, the window follows the end.
        settle(window);
        TestWindow.run(() -> area.showParagraphAtTop(0));
        for (int view = 1; view <= MOST_VIEWS; view++) {
            settle(window);
            write(window, name, view);
            boolean end =
                    TestWindow.on(() -> {
                        double before = area.getEstimatedScrollY();
                        area.scrollYBy(area.getViewportHeight() - 40);
                        area.layout();
                        return area.getEstimatedScrollY() < before + 8;
                    });
            if (end) {
                return;
            }
        }
    }

    /// Waits until the window has looked the same for a while.
    private static void settle(TestWindow window) {
        settle(window, SAME_PICTURES);
    }

    /// @param pictures how many pictures in a row are the same then
    private static void settle(TestWindow window, int pictures) {
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        WritableImage before = picture(window);
        int same = 0;
        while (System.nanoTime() < end && same < pictures) {
            try {
                Thread.sleep(250);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            WritableImage now = picture(window);
            same = same(before, now) ? same + 1 : 0;
            before = now;
        }
    }

    private static WritableImage picture(TestWindow window) {
        return TestWindow.on(() -> window.stage().getScene().snapshot(null));
    }

    private static boolean same(WritableImage a, WritableImage b) {
        if (a.getWidth() != b.getWidth() || a.getHeight() != b.getHeight()) {
            return false; // the window is being resized
        }
        for (int y = 0; y < (int) a.getHeight(); y += 2) {
            for (int x = 0; x < (int) a.getWidth(); x += 2) {
                if (a.getPixelReader().getArgb(x, y) != b.getPixelReader().getArgb(x, y)) {
                    return false;
                }
            }
        }
        return true;
    }
}
