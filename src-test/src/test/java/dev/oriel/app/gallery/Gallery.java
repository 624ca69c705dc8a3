package dev.oriel.app.gallery;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.Screenshot;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.GenericStyledArea;

/// Renders every page of the gallery in the real window, for a review by eye.
///
/// Arguments: the folder to write to, then any of: sizes such as `1000x700` (default: 1000x700 and
/// 1440x900), themes `light`, `dark`, `contrast` (default: all), and names of pages, where `*`
/// stands for any characters (default: all). A page that is longer than the window makes several
/// pictures. `CONTRIBUTING.md` has the command.
public final class Gallery {
    /// The most pictures of one page.
    private static final int MOST_VIEWS = 8;

    /// How many pictures in a row, 250 ms apart, are the same when nothing more is expected.
    private static final int SAME_PICTURES = 3;

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(5);
    private static final List<String> THEMES = List.of("light", "dark", "contrast");

    private final Path out;
    private final String theme;
    private final int width;
    private final int height;

    Gallery(Path out, String theme, int width, int height) {
        this.out = out;
        this.theme = theme;
        this.width = width;
        this.height = height;
    }

    public static void main(String[] args) throws Exception {
        Screenshot.useHeadlessToolkit();
        List<String> more = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        List<String> sizes = take(more, "\\d+x\\d+", List.of("1000x700", "1440x900"));
        List<String> themes = take(more, String.join("|", THEMES), THEMES);
        List<GalleryPage> pages =
                GalleryPage.all().stream()
                        .filter(p -> more.isEmpty() || more.stream().anyMatch(n -> fits(n, p)))
                        .toList();
        Set<String> failed = new TreeSet<>();
        for (String size : sizes) {
            int by = size.indexOf('x');
            int width = Integer.parseInt(size.substring(0, by));
            int height = Integer.parseInt(size.substring(by + 1));
            for (String theme : themes) {
                for (GalleryPage page : pages) {
                    try {
                        new Gallery(Path.of(args[0]), theme, width, height).take(page);
                    } catch (AssertionError e) {
                        failed.add(page.name());
                        e.printStackTrace();
                    }
                }
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

    private void take(GalleryPage page) throws IOException {
        try (TestWindow window = play(page)) {
            if (page.steps().isEmpty()) {
                views(window, page.name());
            } else {
                write(window, page.name(), 1);
            }
        }
    }

    /// Takes one picture of a page as it is in the end.
    void takeOne(GalleryPage page, String file) throws IOException {
        try (TestWindow window = play(page)) {
            Screenshot.writeWithPopups(window.stage(), out.resolve(file));
        }
    }

    private TestWindow play(GalleryPage page) throws IOException {
        Path folder = Files.createTempDirectory("oriel-gallery");
        FakeClaude claude = page.install(folder.resolve("agent"));
        Path project =
                page.folder().isEmpty()
                        ? folder.resolve("project")
                        : Path.of(System.getProperty("java.io.tmpdir"), page.folder());
        Files.createDirectories(project);
        page.writeFiles(project);
        Files.writeString(
                Files.createDirectories(folder.resolve("config")).resolve("settings.json"),
                Json.object()
                        .put("theme", theme)
                        .put("reduced_motion", true)
                        .put(
                                "cli_path",
                                page.agent().equals("missing")
                                        ? "/nowhere/claude"
                                        : claude.executable().toString())
                        .put("default_folder", project.toString())
                        .setAll(page.settings())
                        .toString());
        TestWindow window = open(page, folder);
        try {
            play(page, window, project);
        } catch (AssertionError e) {
            window.close();
            throw e;
        }
        return window;
    }

    private static void play(GalleryPage page, TestWindow window, Path project) {
        AtomicInteger ended = new AtomicInteger();
        TestWindow.run(() ->
                window.composerModel()
                        .turn()
                        .subscribe((before, now) -> {
                            if (before.isBusy() && !now.isBusy()) {
                                ended.incrementAndGet();
                            }
                        }));
        for (String prompt : page.earlier()) {
            say(window, prompt, ended);
            window.chord(KeyCode.CONTROL, KeyCode.N);
        }
        for (int i = 0; i < page.prompts().size(); i++) {
            if (i == page.prompts().size() - 1 && page.isRunning()) {
                window.say(page.prompts().get(i));
                window.until(() -> window.turn() instanceof TurnState.Running);
            } else {
                say(window, page.prompts().get(i), ended);
            }
            settle(window);
        }
        GallerySteps steps = new GallerySteps(window, project);
        for (GalleryStep step : page.steps()) {
            settle(window);
            steps.take(step);
        }
        settle(window);
    }

    /// Sends a prompt and waits for the end of its turn.
    private static void say(TestWindow window, String prompt, AtomicInteger ended) {
        int before = ended.get();
        window.say(prompt);
        window.until(() -> ended.get() > before);
    }

    private TestWindow open(GalleryPage page, Path folder) {
        return page.agent().isEmpty()
                ? TestWindow.cli(folder, ClaudeCli::new, width, height)
                : TestWindow.open(
                        TestWindow.paths(folder),
                        page.agent().equals("demo") ? "demo" : "cli",
                        ClaudeCli::new,
                        width,
                        height);
    }

    private void write(TestWindow window, String page, int view) throws IOException {
        String file = "%s-%d-%s-%d.png".formatted(page, width, theme, view);
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
        long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
        WritableImage before = picture(window);
        int same = 0;
        while (System.nanoTime() < end && same < SAME_PICTURES) {
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
