package dev.oriel.app.window;

import dev.oriel.app.access.DecorativeIcon;
import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.connection.ServerConnection;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.controls.InlineCode;
import dev.oriel.app.controls.MenuFiller;
import dev.oriel.app.shell.AgentChoice;
import dev.oriel.app.shell.ShellViewModel;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.scene.text.TextFlow;
import javafx.stage.DirectoryChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The page of a new session: a greeting, the choice of folder and agent, which agents were found,
/// and sample prompts.
public final class NewSessionView extends VBox {
    private static final String API = "api";
    private static final List<String> SAMPLES =
            List.of(
                    "Explain what is in this folder",
                    "Find a bug and tell me how you would fix it",
                    "Write a small script that renames photos by date");

    private final ShellViewModel model;
    private final ServerConnection connection;
    private final Supplier<List<Path>> folders;
    private final Runnable otherFolder;
    private final Runnable accounts;
    private final Executor fx;
    private final MenuButton folder = chip("folder", Feather.FOLDER);
    private final MenuButton agent = chip("agent", Feather.MESSAGE_CIRCLE);
    private final MenuFiller agents = new MenuFiller(agent, this::agentItems);
    private final VBox found = new VBox(8);

    /// @param folders of other sessions, most recent first
    /// @param otherFolder asks the user for the path of a folder on another computer, which no
    ///   folder dialog can show
    /// @param write puts a text into the composer
    /// @param accounts shows the accounts of the Messages API
    public NewSessionView(
            ShellViewModel model,
            ServerConnection connection,
            Supplier<List<Path>> folders,
            Runnable otherFolder,
            Consumer<String> write,
            Runnable accounts,
            Executor fx) {
        this.accounts = accounts;
        this.model = model;
        this.connection = connection;
        this.folders = folders;
        this.otherFolder = otherFolder;
        this.fx = fx;
        getStyleClass().add("begin");
        DisabledReason folderReason = new DisabledReason(folder);
        model.unsupported().subscribe(u -> folderReason.reasonProperty().set(u.folder()));
        Label greeting = Controls.wrapping(Controls.label("What shall we work on?"));
        greeting.setTextAlignment(TextAlignment.CENTER);
        greeting.getStyleClass().add("greeting");
        FlowPane chips = new FlowPane(8, 8, folderReason, agent);
        chips.setAlignment(Pos.CENTER);
        VBox samples = new VBox(8);
        samples.setAlignment(Pos.CENTER);
        for (String sample : SAMPLES) {
            Button button = Controls.button(sample);
            button.getStyleClass().add("sample");
            button.setOnAction(_ -> write.accept(sample));
            samples.getChildren().add(button);
        }
        found.setAlignment(Pos.CENTER);
        // In a low window the page scrolls instead of being cut.
        setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(new Emblem(), greeting, chips, found, samples);
        model.draft().folder().subscribe(_ -> showFolder());
        model.draft().agents().subscribe(_ -> showAgents());
        model.draft().agent().subscribe(_ -> showAgents());
        folder.setOnShowing(_ -> fillFolders());
        fillFolders();
    }

    private static MenuButton chip(String id, Feather icon) {
        MenuButton chip = Controls.menuButton();
        chip.setId("begin-" + id);
        chip.setGraphic(new FontIcon(icon));
        chip.getStyleClass().addAll("chip", "outlined");
        return chip;
    }

    private void showFolder() {
        String path = model.draft().folder().get();
        Controls.setLine(folder, FolderPaths.shorten(path));
        folder.setAccessibleText("Folder: " + (path.isEmpty() ? "home" : path));
    }

    private void fillFolders() {
        folder.getItems().clear();
        folder.getItems().add(item("Home", () -> model.draft().folder().set("")));
        folders.get().stream()
                .limit(8)
                .map(Path::toString)
                .filter(p -> !p.equals(System.getProperty("user.home")))
                .forEach(p ->
                        folder.getItems()
                                .add(
                                        item(
                                                FolderPaths.shorten(p),
                                                () -> model.draft().folder().set(p))));
        folder.getItems().addAll(new SeparatorMenuItem(), item("Another folder…", this::choose));
    }

    private void choose() {
        if (connection.isRemote()) {
            otherFolder.run();
            return;
        }
        String chosen = model.draft().folder().get();
        List<Path> recent = folders.get();
        CompletableFuture.supplyAsync(() -> FolderPaths.initialFolder(chosen, recent))
                .thenAcceptAsync(this::choose, fx);
    }

    private void choose(Path initial) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Folder of the new session");
        chooser.setInitialDirectory(initial.toFile());
        File chosen = chooser.showDialog(getScene().getWindow());
        if (chosen != null) {
            model.draft().folder().set(chosen.getPath());
        }
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = Controls.menuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private List<MenuItem> agentItems() {
        List<MenuItem> items = new ArrayList<>();
        for (AgentChoice a : model.draft().agents().get()) {
            if (a.ready() || !a.kind().equals(API)) {
                MenuItem item =
                        item(a.name(), () -> model.draft().chooseAgent(a.kind(), a.account()));
                item.setDisable(!a.ready());
                items.add(item);
            }
        }
        if (model.draft().agents().get().stream().anyMatch(a -> a.kind().equals(API))) {
            items.add(new SeparatorMenuItem());
            items.add(item("Accounts…", accounts));
        }
        return items;
    }

    private void showAgents() {
        List<AgentChoice> all = model.draft().agents().get();
        AgentChoice now = model.draft().agent().get();
        String name = now == null ? "No agent" : now.name();
        Controls.setLine(agent, name);
        agent.setAccessibleText("Answered by: " + name);
        agent.setVisible(!all.isEmpty());
        agent.setManaged(!all.isEmpty());
        agents.update();
        found.getChildren().clear();
        if (now != null && now.demo()) {
            found.getChildren()
                    .add(
                            card(
                                    Feather.INFO,
                                    "Demo: answers are scripted; nothing is sent to Claude.",
                                    null));
        }
        for (AgentChoice a : all) {
            // What is missing is no matter where another agent answers.
            if (!a.ready() && !a.kind().equals(API) && (now == null || now.demo())) {
                found.getChildren().add(card(Feather.ALERT_CIRCLE, a.status(), a.remedy()));
            }
        }
        if (now != null && !now.demo()) {
            Label ready = Controls.label(now.status());
            ready.getStyleClass().add("quiet");
            found.getChildren().add(ready);
        }
    }

    private Node card(Feather icon, String status, @Nullable String remedy) {
        Label label = Controls.label(status);
        Controls.wrapping(label);
        label.setMinHeight(USE_PREF_SIZE);
        VBox text = new VBox(4, label);
        HBox.setHgrow(text, Priority.ALWAYS);
        if (remedy != null) {
            TextFlow advice = InlineCode.render(remedy);
            advice.setMaxWidth(440);
            String command = InlineCode.firstCode(remedy);
            Button again = Controls.button("Check again");
            again.getStyleClass().add("link");
            again.setOnAction(_ -> connection.loadAgents());
            HBox actions = new HBox(16, again);
            if (!command.isEmpty()) {
                Button copy = Controls.button("Copy the command");
                copy.getStyleClass().add("link");
                copy.setOnAction(_ -> copy(command));
                actions.getChildren().addFirst(copy);
            }
            text.getChildren().addAll(advice, actions);
        }
        HBox card = new HBox(12, new DecorativeIcon(icon), text);
        card.getStyleClass().add("found");
        card.setMaxWidth(520);
        return card;
    }

    private void copy(String command) {
        ClipboardContent content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
        model.toasts().info("Copied: " + command);
    }
}
