package dev.oriel.dialect;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.oriel.testing.agent.ScriptedAgent;
import dev.oriel.testing.agent.ScriptedProvider;
import dev.oriel.testing.process.Chromium;
import dev.oriel.testing.process.ExternalProgram;
import dev.oriel.testing.process.NodeRuntime;
import dev.oriel.testing.server.RunningServer;
import dev.oriel.testing.server.ServerSetUp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The web pages and the example clients for browsers, in a real browser with a real server.
@Timeout(180)
class PagesJourneyTest {
    private static @TempDir Path driver;
    private static Chromium chromium;

    private final ScriptedProvider claude = new ScriptedProvider();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private @TempDir Path folder;
    private RunningServer server;

    @BeforeAll
    static void openBrowser() throws Exception {
        chromium = Chromium.orSkip(driver);
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private Page page(ColorScheme scheme, int width) {
        Page page =
                chromium.browser()
                        .newPage(
                                new Browser.NewPageOptions()
                                        .setColorScheme(scheme)
                                        .setViewportSize(width, 800));
        page.onConsoleMessage(m -> {
            if (m.type().equals("error")) {
                errors.add(m.text());
            }
        });
        page.onPageError(errors::add);
        return page;
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(Path.of("target", "pages", name + ".png")));
    }

    private static void sendPrompt(Page page, String prompt) {
        page.fill("#prompt", prompt);
        page.press("#prompt", "Enter");
    }

    @Test
    void theRelayPageLogsInSendsPromptsInterruptsAndShowsFrames() {
        server = RunningServer.in(folder, claude);
        try (Page page = page(ColorScheme.LIGHT, 1280)) {
            page.navigate(server.server().url() + "/relay");
            assertThat(page.locator("#login")).isVisible();
            page.fill("#token", "a guess");
            page.click("#login button");
            assertThat(page.locator("#login")).isVisible();
            screenshot(page, "relay-login");
            page.fill("#token", server.server().token());
            page.click("#login button");
            assertThat(page.locator("#status")).hasText("Connected");

            page.click("#setup summary");
            page.fill(
                    "#config",
                    "{\"model\":\"opus\",\"anthropicApiKey\":\"sk-1\",\"includePartialMessages\":true}");
            page.click("#settings button");
            assertThat(page.locator("#saved")).containsText("Saved");
            assertThat(page.locator("#config"))
                    .not()
                    .hasValue(java.util.regex.Pattern.compile(".*sk-1.*"));
            page.click("#setup summary");

            sendPrompt(page, "What is <b>an oriel</b>?");
            ScriptedAgent agent = claude.awaitAgent(0, 1);
            assertThat(agent.launch().model()).isEqualTo("opus");
            agent.emitInit();
            agent.emitTextStart();
            agent.emitDelta("A bay ");
            assertThat(page.locator("#conversation")).containsText("A bay ");
            agent.emitDelta("window");
            agent.emitText("A bay window <script>alert(1)</script> that juts out.");
            agent.emit(
                    "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\","
                        + "\"id\":\"t\",\"name\":\"Read\",\"input\":{\"file_path\":\"oriel.txt\"}}]}}",
                    "{\"type\":\"user\",\"session_id\":\"s\",\"message\":{\"content\":[{\"type\":\""
                            + "tool_result\",\"tool_use_id\":\"t\",\"content\":\"three"
                            + " panes\"}]}}");
            agent.emitResult();
            assertThat(page.locator("#conversation")).containsText("Done");
            assertThat(page.locator("#conversation .turn.you")).hasText("What is <b>an oriel</b>?");
            assertThat(page.locator("#conversation")).containsText("<script>alert(1)</script>");
            assertThat(page.locator("#conversation .tool")).containsText("Read");
            page.locator(".frame", new Page.LocatorOptions().setHasText("sdk_message · result"))
                    .locator("summary")
                    .click();
            assertThat(page.locator(".frame[open] pre")).containsText("\"total_cost_usd\": 0.25");
            screenshot(page, "relay-light");

            sendPrompt(page, "Again");
            claude.awaitAgent(0, 2);
            page.click("#stop");
            await().until(() -> agent.interrupts() == 1);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void aSecondTabIsRejectedAndCanConnectAfterTheFirstHasClosed() {
        server = RunningServer.in(folder, ServerSetUp.withoutToken(), claude);
        Page first = page(ColorScheme.DARK, 1280);
        first.navigate(server.server().url() + "/relay/");
        assertThat(first.locator("#status")).hasText("Connected");
        try (Page second = page(ColorScheme.DARK, 700)) {
            second.navigate(server.server().url() + "/relay/");
            assertThat(second.locator("#status")).hasText("Another client is connected");
            assertThat(second.locator("#conversation"))
                    .containsText("Server already has an active connection");
            screenshot(second, "relay-taken-narrow");
            first.close();
            await().until(() -> server.server().clients().isEmpty());
            second.click("#connect");
            assertThat(second.locator("#status")).hasText("Connected");
            sendPrompt(second, "Still there?");
            ScriptedAgent agent = claude.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitText("Still here.");
            agent.emitResult();
            assertThat(second.locator("#conversation")).containsText("Still here.");
            screenshot(second, "relay-dark-narrow");
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void theOneshotPageRunsStopsAndShowsTheOutcome() {
        server = RunningServer.in(folder, claude);
        try (Page page = page(ColorScheme.DARK, 1280)) {
            page.navigate(server.server().url() + "/ws-demo.html");
            page.fill("#meta", "TASK-1");
            sendPrompt(page, "Count to three");
            page.fill("#token", server.server().token());
            page.click("#login button");
            ScriptedAgent agent = claude.awaitAgent(0, 1);
            assertThat(agent.prompts().getFirst().tree().at("/message/content").asText())
                    .isEqualTo("Count to three\n\n[meta:TASK-1]");
            agent.emitInit();
            agent.emitStderr("a warning");
            agent.emitText("One, two, three.");
            agent.emitResult();
            assertThat(page.locator("#status")).hasText("Done (1000)");
            assertThat(page.locator("#conversation")).containsText("One, two, three.");
            assertThat(page.locator("#conversation .error")).hasText("a warning");
            screenshot(page, "oneshot-dark");

            sendPrompt(page, "For ever");
            ScriptedAgent second = claude.awaitAgent(1, 1);
            page.click("#stop");
            assertThat(page.locator("#status")).hasText("Stopped (1000)");
            await().until(second::isCloseRequested);

            claude.setUnavailable("Claude is not installed.");
            sendPrompt(page, "Anything");
            assertThat(page.locator("#status")).hasText("Failed (1011)");
            assertThat(page.locator("#conversation"))
                    .containsText("Failed to spawn Claude: Claude is not installed.");
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void theBrowserExamplesWorkFromAnotherOrigin() {
        HttpServer files =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Path.of("../embedded-server/examples/browser").toAbsolutePath().normalize(),
                        SimpleFileServer.OutputLevel.NONE);
        files.start();
        String origin = "http://127.0.0.1:" + files.getAddress().getPort();
        server =
                RunningServer.in(
                        folder,
                        c ->
                                ServerSetUp.allowing(Set.of(), Set.of(origin))
                                        .apply(ServerSetUp.withoutToken().apply(c)),
                        claude);
        String socket = server.server().url().replace("http", "ws");
        try (Page page = page(ColorScheme.LIGHT, 1000)) {
            page.navigate(origin + "/oneshot.html");
            page.fill("#socket", socket + "/ws/claude");
            page.fill("#prompt", "Hello");
            page.click("button");
            emitAnswer(claude.awaitAgent(0, 1), "Hello from Claude");
            assertThat(page.locator("#state")).hasText("Done");
            assertThat(page.locator("#answer")).hasText("Hello from Claude");

            page.navigate(origin + "/enhanced.html");
            page.fill("#socket", socket + "/enhanced/ws");
            page.click("#connect button");
            assertThat(page.locator("#state")).hasText("Connected");
            page.fill("#prompt", "Hello");
            page.click("#send");
            ScriptedAgent agent = claude.awaitAgent(1, 1);
            emitAnswer(agent, "Enhanced hello");
            assertThat(page.locator("#state")).hasText("Done");
            assertThat(page.locator("#answer")).hasText("Enhanced hello");
            page.click("#send");
            claude.awaitAgent(1, 2).emitInit();
            page.click("#stop");
            await().until(() -> agent.interrupts() == 1);
            agent.emit(
                    "{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true}");
            assertThat(page.locator("#state")).hasText("Stopped");
        } finally {
            files.stop(0);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void theReactExampleStreamsAsksAndInterrupts() throws Exception {
        NodeRuntime node = NodeRuntime.orSkip("react-dom");
        Path esbuild = NodeRuntime.orSkip("esbuild").folder().resolve("bin/esbuild");
        Path sources = Path.of("../embedded-server/examples/react").toAbsolutePath().normalize();
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.copy(sources.resolve("index.html"), site.resolve("index.html"));
        ExternalProgram.Result bundled =
                node.run(
                        esbuild,
                        sources.resolve("main.jsx").toString(),
                        "--bundle",
                        "--jsx=automatic",
                        "--define:process.env.NODE_ENV=\"production\"",
                        "--outfile=" + site.resolve("bundle.js"));
        assertThat(bundled.code()).as(bundled.out()).isZero();
        HttpServer files =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        site.toAbsolutePath(),
                        SimpleFileServer.OutputLevel.NONE);
        files.start();
        String origin = "http://127.0.0.1:" + files.getAddress().getPort();
        server = RunningServer.in(folder, ServerSetUp.allowing(Set.of(), Set.of(origin)), claude);
        try (Page page = page(ColorScheme.LIGHT, 1000)) {
            page.navigate(origin + "/index.html?server=" + server.server().url());
            page.fill("#token", server.server().token());
            page.click("#login button");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("idle");
            page.getByLabel("Prompt").fill("What is an oriel?");
            page.keyboard().press("Enter");
            ScriptedAgent agent = claude.awaitAgent(0, 1);
            agent.emitInit();
            agent.emitTextStart();
            agent.emitDelta("A bay ");
            assertThat(page.locator("li.claude")).hasText("A bay ");
            agent.emitDelta("window");
            agent.emitText("A bay window");
            assertThat(page.locator("li.claude")).hasText("A bay window");
            assertThat(page.locator("li.you")).hasText("What is an oriel?");

            agent.emitAsk("ask-1", "Bash", "{\"command\":\"ls\"}");
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("asking");
            page.getByText("Allow").click();
            await().until(() -> agent.responses().size() == 1);
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("running");
            page.getByText("Stop").click();
            await().until(() -> agent.interrupts() == 1);
            agent.emitResult();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("idle");
        } finally {
            files.stop(0);
        }
        assertThat(errors).isEmpty();
    }

    private static void emitAnswer(ScriptedAgent agent, String text) {
        agent.emitInit();
        agent.emitText(text);
        agent.emitResult();
    }
}
