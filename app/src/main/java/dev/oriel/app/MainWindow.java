package dev.oriel.app;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.controls.ControlText;
import dev.oriel.app.controls.LayoutRecovery;
import dev.oriel.app.controls.PangoWorkaround;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.fx.FxScheduler;
import dev.oriel.app.fx.LayoutPulses;
import dev.oriel.app.keyboard.KeyboardFocus;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.EventNarrator;
import dev.oriel.app.shell.PageHeader;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.theme.Theme;
import dev.oriel.app.theme.WindowIcon;
import dev.oriel.app.window.WindowPlacement;
import dev.oriel.message.Graphemes;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

/// The window from its opening to its end. Belongs to the JavaFX thread.
final class MainWindow implements AutoCloseable {
    /// What can wait is not put off longer than this for a server that does not reply.
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(3);

    /// Time to show what the server sent first, before what can wait.
    private static final Duration SETTLE_DELAY = Duration.ofMillis(300);

    private static final int MAX_TITLE = 200;

    private final AppContext context;
    private final WindowState state;
    private final FxScheduler scheduler;
    private final Stage stage;
    private final Theme theme;
    private final Wiring models;
    private final EventNarrator narrator;
    private final WindowViews views;
    private final Scene scene;
    private boolean warmedUp;

    private MainWindow(AppContext context, Stage stage) {
        this.context = context;
        this.stage = stage;
        state = context.storage().windowState();
        scheduler = context.threads().scheduler();
        LayoutRecovery.install();
        PangoWorkaround.install();
        // Before the first control, which would load JavaFX's own theme.
        theme = new Theme(context.storage().settings());
        models = new Wiring(context);
        Announcer announcer = new Announcer(scheduler, context.clock());
        narrator = new EventNarrator(models.shell(), models.composer(), announcer::announce);
        views = new WindowViews(models, announcer);
        scene = new Scene(views.main());
        theme.apply(scene);
        views.shortcuts().install(scene);
        KeyboardFocus.install(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> announcer.onKeyPressed());
        views.main().focusComposer();
        prepareStage();
    }

    private void prepareStage() {
        stage.setScene(scene);
        stage.titleProperty().bind(models.shell().header().map(MainWindow::title));
        WindowPlacement.restore(stage, state.bounds());
        stage.focusedProperty()
                .subscribe(focused -> {
                    if (focused) {
                        models.asks().onWindowActivated();
                        models.connection().checkConnection();
                    }
                });
        stage.setOnCloseRequest(e -> {
            if (!views.panels().confirmQuit(stage::close)) {
                e.consume();
            }
        });
        stage.setOnHiding(_ -> {
            state.setBounds(WindowPlacement.current(stage));
            if (canLayOut()) {
                state.onSessionShown();
            }
        });
    }

    private static String title(PageHeader header) {
        return header.title().isEmpty()
                ? "Oriel"
                : Graphemes.truncate(ControlText.singleLine(header.title()), MAX_TITLE)
                        + " · Oriel";
    }

    /// Shows the window and connects it to its server.
    static MainWindow open(AppContext context, Stage stage) {
        MainWindow window = new MainWindow(context, stage);
        window.show();
        return window;
    }

    private void show() {
        stage.show();
        perform(context.startupAction());
        models.server().open();
        ShellViewModel shell = models.shell();
        shell.connection()
                .subscribe(label -> {
                    if (!label.isConnecting()) {
                        warmUpOnce();
                    }
                });
        scheduler.schedule(SERVER_TIMEOUT, this::warmUpOnce);
        shell.conversation()
                .subscribe(conversation -> {
                    if (conversation != null) {
                        whenLaidOut(conversation, () -> state.onSessionShown());
                    }
                });
    }

    /// Whether the window can be laid out as it is. If so, the session that is open is not what
    /// ends the process.
    private boolean canLayOut() {
        try {
            views.main().applyCss();
            views.main().layout();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /// Runs an action once the window is connected and some frames with the conversation were laid
    /// out.
    private void whenLaidOut(ConversationModel conversation, Runnable action) {
        scheduler.schedule(
                Duration.ofSeconds(1),
                () -> {
                    if (!conversation.equals(models.shell().conversation().get())) {
                        return;
                    }
                    if (models.shell().connection().get().isConnected()) {
                        LayoutPulses.runAfter(scene, 3, action);
                    } else {
                        whenLaidOut(conversation, action);
                    }
                });
    }

    /// Does what was put off until the window is shown and connected, or has to do without a
    /// server.
    private void warmUpOnce() {
        if (!warmedUp) {
            warmedUp = true;
            models.updates().open();
            scheduler.schedule(
                    SETTLE_DELAY,
                    () -> {
                        stage.getIcons().setAll(WindowIcon.images());
                        views.warmUp();
                    });
        }
    }

    private void perform(StartupAction action) {
        switch (action) {
            case StartupAction.RestoreLastSession _ -> {
                // It opens once the server has sent its list of sessions.
            }
            case StartupAction.NewSession _ -> models.navigator().newSession();
            case StartupAction.ShowServer _ -> {
                views.panels().showServer();
                models.server().start();
            }
            case StartupAction.ShowConnectForm(var link) -> views.panels().showConnectForm(link);
            case StartupAction.RejectLink(String reason) -> models.shell().toasts().error(reason);
        }
    }

    /// Does what a further start of the program requests of the window that is open.
    void bringToFront(StartupAction action) {
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
        perform(action);
    }

    /// Runs a task on the JavaFX thread; for any thread.
    void post(Runnable task) {
        context.threads().fx().post(task);
    }

    Wiring models() {
        return models;
    }

    /// Closes the connection to the server. The context is closed by its owner.
    @Override
    public void close() {
        theme.close();
        narrator.close();
        models.close();
    }
}
