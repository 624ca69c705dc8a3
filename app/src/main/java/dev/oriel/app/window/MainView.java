package dev.oriel.app.window;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.access.DisabledReason;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.view.AsksView;
import dev.oriel.app.composer.ComposerView;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.connection.ServerConnection;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.desktop.LoginItemViewModel;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.keyboard.FocusRegions;
import dev.oriel.app.keyboard.Shortcuts;
import dev.oriel.app.overlay.Dialogs;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.settings.WindowState;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.shell.UnsupportedFeatures;
import dev.oriel.app.shell.WindowPage;
import dev.oriel.app.sidebar.SidebarView;
import dev.oriel.app.sidebar.SidebarViewModel;
import dev.oriel.app.toast.ToastsView;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.updates.UpdatesView;
import dev.oriel.app.updates.UpdatesViewModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The window's content: sidebar, header, page, and under the page what waits and where one writes.
public final class MainView extends StackPane {
    private static final double COLUMN = 760;

    private final Parts parts;
    private final Overlays sheets = new Overlays();
    private final Panels panels;
    private final TranscriptHost talk;
    private final BorderPane frame = new BorderPane();
    private final SidebarView sidebar;
    private final AsksView asks;
    private final FocusRegions areas;
    private final ComposerView composer;
    private final ModeChip mode;
    private final Shortcuts shortcuts;

    /// What the view shows and calls.
    ///
    /// @param transcript makes what shows a conversation; asked once, when there is one
    /// @param browser opens a page
    public record Parts(
            ShellViewModel shell,
            ServerConnection desk,
            SidebarViewModel sidebar,
            ComposerViewModel composer,
            AsksViewModel asks,
            ServerViewModel server,
            SettingsViewModel settings,
            LoginItemViewModel login,
            UpdatesViewModel updates,
            WindowState memory,
            Scheduler delay,
            Supplier<TranscriptView> transcript,
            Announcer announcer,
            Consumer<String> browser) {}

    public MainView(Parts parts) {
        this.parts = parts;
        getStyleClass().add("oriel");
        talk = new TranscriptHost(parts.transcript());
        panels = new Panels(parts, sheets, this::shortcuts);
        composer = new ComposerView(parts.composer());
        asks = new AsksView(parts.asks(), composer::focusField, parts.browser());
        mode =
                new ModeChip(
                        parts.shell().options(),
                        yes ->
                                Dialogs.confirm(
                                        sheets,
                                        "Let Claude run everything unasked?",
                                        "In this mode Claude runs commands and changes files"
                                                + " without asking you, in this session, until you"
                                                + " choose another mode.",
                                        "Never ask",
                                        yes));
        composer.optionBar()
                .getChildren()
                .addAll(
                        disableable(mode, UnsupportedFeatures::mode),
                        disableable(new ModelChip(parts.shell()), UnsupportedFeatures::model));
        bindReason(composer.stopDisabledReason(), UnsupportedFeatures::stop);
        sidebar =
                new SidebarView(
                        parts.sidebar(),
                        (s, yes) ->
                                Dialogs.confirm(
                                        sheets,
                                        "Delete this session?",
                                        "“"
                                                + s.title()
                                                + "” and everything said in it will be gone for"
                                                + " good.",
                                        "Delete",
                                        yes));
        bindReason(sidebar.newSessionDisabledReason(), UnsupportedFeatures::sessions);
        sidebar.onEnter(this::focusOpenSession);
        sidebar.onChosen(composer::focusField);
        sidebar.addFoot(
                footButton("Server", Feather.SERVER, "server", panels::showServer),
                footButton("Keys", Feather.COMMAND, "shortcuts", panels::showShortcuts),
                footButton("Settings", Feather.SETTINGS, "open-settings", panels::showSettings));

        HeaderView header =
                new HeaderView(parts.shell(), parts.desk(), parts.server(), this::toggleSidebar);
        Node pages = pages();
        BorderPane middle = new BorderPane(pages);
        middle.setTop(header);
        middle.setBottom(lower());
        middle.getStyleClass().add("middle");
        middle.setMinHeight(0);
        frame.setCenter(middle);
        // Whatever is in it, it is as large as the window and not larger.
        frame.setMinSize(0, 0);
        frame.setLeft(parts.memory().isSidebarShown() ? sidebar : null);
        Announcer announcer = parts.announcer();
        announcer.setChangeListener(this::notifyScreenReader);
        composer.setFocusItem(announcer::focusItem);
        getChildren().addAll(frame, sheets.node(), announcer);
        parts.settings().settings().subscribe(s -> sheets.setReducedMotion(s.reducedMotion()));
        sheets.onClosed(composer::focusField);
        shortcuts = new Shortcuts(WindowShortcuts.create(this, parts));
        areas =
                new FocusRegions(
                        List.of(
                                new FocusRegions.FocusRegion(sidebar, sidebar::list),
                                new FocusRegions.FocusRegion(
                                        header,
                                        () -> FocusRegions.firstFocusable(header).orElse(null)),
                                new FocusRegions.FocusRegion(
                                        pages,
                                        () -> FocusRegions.firstFocusable(pages).orElse(null)),
                                new FocusRegions.FocusRegion(asks, asks::firstAnswer),
                                new FocusRegions.FocusRegion(composer, composer::field)));
    }

    /// The reader's focus is on what is said, for as long as it is said, and then where the
    /// keyboard's is.
    private void notifyScreenReader() {
        notifyAccessibleAttributeChanged(
                parts.announcer().focusItem() == null
                        ? AccessibleAttribute.FOCUS_NODE
                        : AccessibleAttribute.FOCUS_ITEM);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.FOCUS_ITEM
                ? parts.announcer().focusItem()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    private Node disableable(Control control, Function<UnsupportedFeatures, String> why) {
        DisabledReason place = new DisabledReason(control);
        bindReason(place.reasonProperty(), why);
        return place;
    }

    private void bindReason(StringProperty reason, Function<UnsupportedFeatures, String> why) {
        parts.shell().unsupported().subscribe(lacks -> reason.set(why.apply(lacks)));
    }

    private static Button footButton(String name, Feather icon, String id, Runnable action) {
        Button button = Controls.button(id.equals("server") ? name : "", new FontIcon(icon));
        button.setId(id);
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("side-action");
        button.setOnAction(_ -> action.run());
        return button;
    }

    private Node pages() {
        NewSessionView begin =
                new NewSessionView(
                        parts.shell(),
                        parts.desk(),
                        parts.sidebar()::folders,
                        () ->
                                Dialogs.prompt(
                                        sheets,
                                        "Folder on the server’s computer",
                                        "/home/you/project",
                                        parts.shell().draft().folder().get(),
                                        parts.shell().draft().folder()::set),
                        text -> {
                            parts.composer().text().set(text);
                            composer.focusField();
                        });
        ScrollPane beginPage = new ScrollPane(begin);
        beginPage.setFitToWidth(true);
        beginPage.setFitToHeight(true);
        beginPage.getStyleClass().add("begin-scroll");
        parts.shell().conversation().subscribe(talk::show);
        // Whoever says something wants to see it and what comes of it.
        parts.composer().onSent(talk::scrollToEnd);
        ToastsView notices = new ToastsView(parts.shell().toasts());
        UpdatesView updates = new UpdatesView(parts.updates(), parts.announcer()::announce);
        StackPane pages = new StackPane(talk, beginPage, notices);
        // In the lowest of windows a question and the field are worth more than the page.
        pages.setMinHeight(0);
        VBox.setVgrow(pages, Priority.ALWAYS);
        Rectangle seen = new Rectangle();
        seen.widthProperty().bind(pages.widthProperty());
        seen.heightProperty().bind(pages.heightProperty());
        pages.setClip(seen);
        parts.shell()
                .page()
                .subscribe(page -> {
                    boolean begins = page instanceof WindowPage.NewSession;
                    beginPage.setVisible(begins);
                    talk.setVisible(!begins);
                    if (!sidebar.isBrowsing()) {
                        composer.focusField();
                    }
                });
        // What waits for an answer needs the room, and comes first.
        StackPane card = new StackPane(updates);
        parts.asks()
                .shown()
                .subscribe(ask -> {
                    card.setVisible(ask == null);
                    card.setManaged(ask == null);
                });
        return new VBox(pages, card);
    }

    private Node lower() {
        Label why = Controls.label();
        Controls.bindText(why, parts.shell().waitReason());
        why.getStyleClass().add("why");
        Controls.wrapping(why);
        why.setId("why");
        // As long as something goes on its place stays, so that the field does not jump.
        ObservableValue<Boolean> shown =
                Bindings.createBooleanBinding(
                        () ->
                                !parts.shell().waitReason().get().isEmpty()
                                        || parts.composer().turn().get().isBusy(),
                        parts.shell().waitReason(),
                        parts.composer().turn());
        why.visibleProperty().bind(shown);
        why.managedProperty().bind(shown);
        VBox column = new VBox(asks, why, composer);
        column.setMaxWidth(COLUMN);
        column.getStyleClass().add("lower");
        VBox.setVgrow(composer, Priority.NEVER);
        composer.setMinHeight(USE_PREF_SIZE);
        StackPane centred = new StackPane(column);
        centred.getStyleClass().add("lower-place");
        centred.setAlignment(Pos.BOTTOM_CENTER);
        return centred;
    }

    /// Wires the keys; once the view stands in its scene.
    public void installKeys(Scene scene) {
        shortcuts.install(scene);
        // Whatever had the focus and is gone, typing goes to where one writes.
        scene.focusOwnerProperty()
                .subscribe(owner -> {
                    if (owner == null && !sheets.isShowing()) {
                        composer.focusField();
                    }
                });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> parts.announcer().onKeyPressed());
        composer.focusField();
    }

    /// Closes what floats, denies what is asked, or stops the turn; a field in which something is
    /// renamed keeps the key, and so does an input method.
    boolean escape() {
        if (sheets.isShowing()) {
            sheets.close();
            return true;
        }
        Node focused = getScene().getFocusOwner();
        if (FocusRegions.contains(asks, focused)) {
            // Words are not thrown away by the key that leaves the field.
            if (parts.asks().hasDraft()) {
                composer.focusField();
            } else {
                parts.asks().dismiss();
            }
            return true;
        }
        boolean elsewhere =
                focused instanceof TextInputControl field && !"composer".equals(field.getId());
        if (elsewhere || composer.isComposing()) {
            return false;
        }
        if (parts.asks().shown().get() != null) {
            parts.asks().dismiss();
            return true;
        }
        return parts.composer().interrupt();
    }

    /// Whether the window may close now; where agents of its own server work, the user is asked.
    ///
    /// @param close called once the user has said so
    public boolean confirmQuit(Runnable close) {
        return panels.confirmServerStop("Quit while Claude works?", "Quit", close);
    }

    void moveFocus(int by) {
        if (!sheets.isShowing()) {
            areas.move(getScene().getFocusOwner(), by);
        }
    }

    /// From the list: to where one writes, or to the text if a place in it was looked for.
    private void focusOpenSession() {
        if (parts.sidebar().filter().get().isBlank()) {
            composer.focusField();
        } else {
            talk.focusText();
        }
    }

    void focusSearch() {
        if (frame.getLeft() == null) {
            toggleSidebar();
        }
        sidebar.focusSearch();
    }

    void toggleSidebar() {
        boolean shown = frame.getLeft() == null;
        frame.setLeft(shown ? sidebar : null);
        parts.memory().setSidebarShown(shown);
    }

    /// Puts the cursor into the field where one writes.
    void focusComposer() {
        composer.focusField();
    }

    /// Opens the choice of how much Claude may do unasked.
    void showModeMenu() {
        mode.show();
    }

    private Shortcuts shortcuts() {
        return shortcuts;
    }

    /// What slides or floats over the window.
    public Panels panels() {
        return panels;
    }

    /// Gets ready for what has not been shown yet; once the window is in use.
    public void warmUp() {
        talk.warmUp();
    }
}
