package dev.oriel.app;

import dev.oriel.agent.cli.ClaudeCli;
import dev.oriel.agent.cli.install.CliSettings;
import dev.oriel.app.account.AccountsViewModel;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.composer.TurnState;
import dev.oriel.app.composer.attach.AttachmentsViewModel;
import dev.oriel.app.settings.Settings;
import dev.oriel.app.shell.AgentChoice;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.updates.BuildInfo;
import dev.oriel.client.account.AccountRequests;
import dev.oriel.testing.window.FxThread;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.beans.property.StringProperty;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.fxmisc.richtext.GenericStyledArea;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/// The whole window with its own server, and what a user sees and does in it. Its methods are for
/// the test's thread.
public final class TestWindow implements AutoCloseable {
    /// The buttons that answer an ask.
    private static final Set<String> ANSWERS = Set.of("ask-allow", "ask-always", "ask-deny");

    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final MainWindow window;
    private final AppContext context;
    private final Wiring wiring;

    private TestWindow(Stage stage, MainWindow window, AppContext context) {
        this.stage = stage;
        this.window = window;
        this.context = context;
        this.wiring = window.models();
    }

    /// Opens a window with the demo agent, and waits until it is connected.
    ///
    /// @param folder contains all its files
    public static TestWindow demo(Path folder) {
        return open(paths(folder), "demo", ClaudeCli::new, 960, 700);
    }

    /// @param clis creates the agents of the `claude` CLI
    public static TestWindow cli(Path folder, Function<CliSettings, ClaudeCli> clis) {
        return cli(folder, clis, 960, 700);
    }

    /// Opens a window with the agents of the `claude` CLI, and waits until one is chosen.
    ///
    /// @param folder contains all its files
    /// @param clis creates the agents of the `claude` CLI
    public static TestWindow cli(
            Path folder, Function<CliSettings, ClaudeCli> clis, int width, int height) {
        TestWindow window = open(paths(folder), "cli", clis, width, height);
        window.until(() -> {
            AgentChoice chosen = window.wiring().shell().draft().agent().get();
            return chosen != null && chosen.kind().equals("cli");
        });
        return window;
    }

    public static AppPaths paths(Path folder) {
        return new AppPaths(
                folder.resolve("data"), folder.resolve("config"), folder.resolve("state"));
    }

    public static TestWindow open(
            AppPaths paths,
            String agent,
            Function<CliSettings, ClaudeCli> clis,
            int width,
            int height) {
        return open(paths, agent, services(clis), width, height);
    }

    /// Services without an installation, a published version or a browser.
    private static SystemServices services(Function<CliSettings, ClaudeCli> clis) {
        URI nowhere = URI.create("http://127.0.0.1:1/");
        return new SystemServices(
                clis, Optional.empty(), new BuildInfo(nowhere, nowhere, "0.1.0"), _ -> {});
    }

    /// Opens a window whose server has these accounts.
    public static TestWindow withAccounts(
            AppPaths paths, AccountRequests accounts, int width, int height) {
        SystemServices usual = services(ClaudeCli::new);
        return open(
                paths,
                "cli",
                new SystemServices(
                        usual.clis(),
                        usual.login(),
                        usual.build(),
                        usual.browser(),
                        _ -> accounts,
                        Map.of()),
                width,
                height);
    }

    /// Opens a window without the `claude` CLI.
    ///
    /// @param accounts changes what the window asks the server about accounts
    public static TestWindow withoutCli(AppPaths paths, UnaryOperator<AccountRequests> accounts) {
        SystemServices usual = services(ClaudeCli::new);
        return open(
                paths,
                "cli",
                new SystemServices(
                        usual.clis(),
                        usual.login(),
                        usual.build(),
                        usual.browser(),
                        client -> accounts.apply(client.accounts()),
                        Map.of()),
                960,
                700);
    }

    public static TestWindow open(
            AppPaths paths, String agent, SystemServices services, int width, int height) {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
        AppContext context = AppContext.create(paths, new LaunchOptions(0, agent), services);
        TestWindow window =
                on(() -> {
                    Stage stage = new Stage();
                    MainWindow opened = MainWindow.open(context, stage);
                    stage.setWidth(width);
                    stage.setHeight(height);
                    stage.setX(0);
                    stage.setY(0);
                    return new TestWindow(stage, opened, context);
                });
        window.until(() -> window.button("link-state").getText().equals("Live"));
        return window;
    }

    /// Runs work on the JavaFX thread and waits for it.
    public static <T> T on(Callable<T> work) {
        return FxThread.on(work);
    }

    /// Runs work on the JavaFX thread and waits for it.
    public static void run(Runnable work) {
        FxThread.run(work);
    }

    /// Waits until a condition holds, which is evaluated on the JavaFX thread. One that reads
    /// something that is not there yet does not hold yet. The error describes what the window
    /// shows.
    public void until(BooleanSupplier condition) {
        FxThread.until(condition::getAsBoolean, this::describe);
    }

    private String describe() {
        return "conversation: %s%nwritten: %s%nturn: %s%nasks: %s, armed: %s%nlabels: %s"
                .formatted(
                        transcript(),
                        composer().getText(),
                        turn(),
                        wiring.asks().pending(),
                        wiring.asks().armed().get(),
                        labels());
    }

    public Stage stage() {
        return stage;
    }

    /// Does what a further start of the program requests.
    public void bringToFront(StartupAction action) {
        run(() -> window.bringToFront(action));
    }

    public ComposerViewModel composerModel() {
        return wiring.composer();
    }

    /// The folder of the next session.
    public StringProperty newSessionFolder() {
        return wiring.shell().draft().folder();
    }

    public WindowPage page() {
        return on(() -> wiring.shell().page().get());
    }

    public Wiring wiring() {
        return wiring;
    }

    /// Changes the user's settings.
    public void changeSettings(UnaryOperator<Settings> change) {
        run(() -> context.storage().settings().update(change));
    }

    /// Opens a session of the server once it is in the list.
    public void openSession(String id) {
        until(() -> wiring.sessions().find(id) != null);
        run(() -> wiring.navigator().open(id));
    }

    public AttachmentsViewModel attachments() {
        return wiring.composer().attachments();
    }

    public AsksViewModel asks() {
        return wiring.asks();
    }

    public AccountsViewModel accounts() {
        return wiring.accounts();
    }

    public ShellViewModel shell() {
        return wiring.shell();
    }

    /// Stops the embedded server, so that the window is offline.
    public void stopServer() {
        run(() -> wiring.server().stop());
    }

    public Node node(String id) {
        return on(() -> stage.getScene().lookup("#" + id));
    }

    /// Whether a node is in the window, and visible with all that contain it.
    public boolean shown(String id) {
        return on(() -> {
            Node first = node(id);
            for (Node n = first; n != null; n = n.getParent()) {
                if (!n.isVisible()) {
                    return false;
                }
            }
            return first != null;
        });
    }

    /// The id of what has the focus; empty if it has none.
    public String focused() {
        return on(() -> {
            Node focus = stage.getScene().getFocusOwner();
            return focus == null ? "" : Objects.toString(focus.getId(), "");
        });
    }

    public Button button(String id) {
        return (Button) node(id);
    }

    /// Presses a button. One that answers an ask is pressed once answers are accepted.
    public void press(String buttonId) {
        if (!ANSWERS.contains(buttonId)) {
            run(() -> button(buttonId).fire());
            return;
        }
        until(() -> {
            boolean ready = wiring.asks().armed().get();
            if (ready) {
                button(buttonId).fire();
            }
            return ready;
        });
    }

    public TextArea composer() {
        return (TextArea) node("composer");
    }

    /// Puts a text into the composer and focuses it; without the focus, keys would go to the window
    /// before.
    public void write(String text) {
        run(() -> {
            stage.requestFocus();
            composer().setText(text);
            composer().requestFocus();
        });
        until(() -> composer().isFocused());
    }

    public void say(String prompt) {
        write(prompt);
        type(KeyCode.ENTER);
    }

    /// Does what the close button of the window does.
    public void requestClose() {
        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    /// The texts of all labels.
    public List<String> labels() {
        return on(() ->
                stage.getScene().getRoot().lookupAll(".label").stream()
                        .filter(Labeled.class::isInstance)
                        .map(n -> ((Labeled) n).getText())
                        .filter(Objects::nonNull)
                        .toList());
    }

    public void click(String selector) {
        robot.clickOn(TestWindow.on(() -> stage.getScene().lookup(selector)));
    }

    public void type(KeyCode key) {
        robot.type(key);
    }

    /// Presses two keys together.
    public void chord(KeyCode held, KeyCode key) {
        robot.press(held, key).release(key, held);
    }

    /// Presses three keys together.
    public void chord(KeyCode held, KeyCode alsoHeld, KeyCode key) {
        robot.press(held, alsoHeld, key).release(key, alsoHeld, held);
    }

    /// Fires the events of Alt with a key within this turn of the JavaFX thread.
    public void altAtOnce(KeyCode key) {
        Scene scene = stage.getScene();
        Node target = scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner();
        for (EventType<KeyEvent> type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
            Event.fireEvent(target, new KeyEvent(type, "", "", key, false, false, true, false));
        }
    }

    private GenericStyledArea<?, ?, ?> area() {
        return (GenericStyledArea<?, ?, ?>) node("transcript");
    }

    public String transcript() {
        return on(() -> area().getText());
    }

    /// The selected text of the conversation.
    public String selected() {
        return on(() -> area().getSelectedText());
    }

    public TurnState turn() {
        return on(() -> wiring.composer().turn().get());
    }

    @Override
    public void close() {
        run(() -> {
            stage.close();
            window.close();
            // The headless toolkit keeps closed windows until the process ends.
            stage.setOnCloseRequest(null);
            stage.setOnHiding(null);
            stage.setScene(null);
        });
        context.close();
    }
}
