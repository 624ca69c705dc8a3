package dev.oriel.testing.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The system's Chromium, controlled by Playwright.
///
/// Playwright's Java library needs its driver, the npm package `playwright-core`, in a folder. The
/// jar `driver-bundle`, which contains it together with Node.js for every system, has 200 MB;
/// therefore the installed npm package and Node.js are used.
public final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// Starts a headless browser, or skips the test with a message if there is none.
    ///
    /// @param folder a folder of the test
    public static Chromium orSkip(Path folder) throws IOException, InterruptedException {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "skipped: no chromium in /usr/bin");
        Path driver = Files.createDirectories(folder.resolve("driver"));
        Path link = driver.resolve("package");
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, NodeRuntime.orSkip("playwright-core").folder());
        }
        System.setProperty("playwright.cli.dir", driver.toString());
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(
                                        Map.of(
                                                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                                                "1",
                                                "PLAYWRIGHT_NODEJS_PATH",
                                                node())));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        // It opens loopback addresses only, and containers provide
                                        // no sandbox.
                                        .setArgs(List.of("--no-sandbox"))));
    }

    private static String node() throws IOException, InterruptedException {
        return ExternalProgram.run(List.of("node", "-p", "process.execPath"), "")
                .orElseThrow()
                .out()
                .strip();
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
