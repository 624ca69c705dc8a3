package dev.oriel.app.gallery;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.app.TestWindow;
import dev.oriel.app.composer.TurnState;
import dev.oriel.client.AgentInfo;
import dev.oriel.message.Json;
import dev.oriel.testing.claude.FakeClaude;
import dev.oriel.testing.client.FakeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.scene.input.KeyCode;

/// Plays a page of the gallery in a window of its own.
final class GalleryPlayer {
    private final GalleryPage page;
    private final Consumer<TestWindow> settle;

    /// @param settle waits until the window may take the next step
    GalleryPlayer(GalleryPage page, Consumer<TestWindow> settle) {
        this.page = page;
        this.settle = settle;
    }

    /// Opens a window with a page as it is in the end. The caller closes it.
    ///
    /// @param theme `light`, `dark` or `contrast`
    TestWindow play(String theme, int width, int height) throws IOException {
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
        TestWindow window = open(folder, width, height);
        try {
            play(window, project);
        } catch (AssertionError e) {
            window.close();
            throw e;
        }
        return window;
    }

    private void play(TestWindow window, Path project) {
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
            settle.accept(window);
        }
        GallerySteps steps = new GallerySteps(window, project);
        for (GalleryStep step : page.steps()) {
            settle.accept(window);
            steps.take(step);
        }
        settle.accept(window);
    }

    private TestWindow withAccounts(Path folder, FakeAccounts accounts, int width, int height) {
        TestWindow window =
                TestWindow.withAccounts(TestWindow.paths(folder), accounts, width, height);
        window.until(() -> !window.shell().draft().agents().get().isEmpty());
        boolean first = page.isFirstRun();
        AgentInfo cli =
                new AgentInfo(
                        "cli",
                        first ? AgentInfo.Status.MISSING : AgentInfo.Status.READY,
                        true,
                        first ? null : "2.1.332",
                        first ? null : "/usr/local/bin/claude",
                        first ? "Claude Code was not found on this computer." : null,
                        first
                                ? "Install it with `curl -fsSL https://claude.ai/install.sh |"
                                        + " bash` in a terminal."
                                : null);
        AgentInfo api =
                new AgentInfo(
                        "api",
                        first ? AgentInfo.Status.MISSING : AgentInfo.Status.READY,
                        false,
                        null,
                        null,
                        null,
                        null);
        AgentInfo demo =
                new AgentInfo("demo", AgentInfo.Status.READY, false, null, null, null, null);
        TestWindow.run(() -> {
            window.shell().draft().updateAgents(List.of(cli, api, demo));
            window.accounts().load();
        });
        return window;
    }

    /// Sends a prompt and waits for the end of its turn.
    private static void say(TestWindow window, String prompt, AtomicInteger ended) {
        int before = ended.get();
        window.say(prompt);
        window.until(() -> ended.get() > before);
    }

    private TestWindow open(Path folder, int width, int height) {
        FakeAccounts accounts = page.accounts();
        if (accounts != null) {
            return withAccounts(folder, accounts, width, height);
        }
        return page.agent().isEmpty()
                ? TestWindow.cli(folder, ClaudeCli::new, width, height)
                : TestWindow.open(
                        TestWindow.paths(folder),
                        page.agent().equals("demo") ? "demo" : "cli",
                        ClaudeCli::new,
                        width,
                        height);
    }
}
