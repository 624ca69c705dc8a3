package dev.oriel.app.shell;

import dev.oriel.app.access.Announcer;
import dev.oriel.app.access.Greyed;
import dev.oriel.app.asks.AsksView;
import dev.oriel.app.asks.AsksViewModel;
import dev.oriel.app.asks.Delay;
import dev.oriel.app.composer.ComposerView;
import dev.oriel.app.composer.ComposerViewModel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.desktop.LoginViewModel;
import dev.oriel.app.server.ServerViewModel;
import dev.oriel.app.settings.SettingsViewModel;
import dev.oriel.app.sidebar.SidebarView;
import dev.oriel.app.sidebar.SidebarViewModel;
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
    private final Sheets sheets = new Sheets();
    private final Panels panels;
    private final TalkPlace talk;
    private final BorderPane frame = new BorderPane();
    private final SidebarView sidebar;
    private final AsksView asks;
    private final Areas areas;
    private final ComposerView composer;
    private final ModeChip mode;
    private final Shortcuts shortcuts;

    /// What the view shows and calls.
    ///
    /// @param transcript makes what shows a conversation; asked once, when there is one
    /// @param browser opens a page
    public record Parts(
            ShellViewModel shell,
            Desk desk,
            SidebarViewModel sidebar,
            ComposerViewModel composer,
            AsksViewModel asks,
            ServerViewModel server,
            SettingsViewModel settings,
            LoginViewModel login,
            UpdatesViewModel updates,
            Memory memory,
            Delay delay,
            Supplier<TranscriptView> transcript,
            Announcer announcer,
            Consumer<String> browser) {}

    public MainView(Parts parts) {
        this.parts = parts;
        getStyleClass().add("oriel");
        talk = new TalkPlace(parts.transcript());
        panels = new Panels(parts, sheets, this::shortcuts);
        composer = new ComposerView(parts.composer());
        asks = new AsksView(parts.asks(), composer::focusField, parts.browser());
        mode =
                new ModeChip(
                        parts.shell().choices(),
                        yes ->
                                Cards.confirm(
                                        sheets,
                                        "Let Claude run everything unasked?",
                                        "In this mode Claude runs commands and changes files"
                                                + " without asking you, in this session, until you"
                                                + " choose another mode.",
                                        "Never ask",
                                        yes));
        composer.bar()
                .getChildren()
                .addAll(
                        greyed(mode, Lacks::mode),
                        greyed(new ModelChip(parts.shell()), Lacks::model));
        greyedBy(composer.cannotStop(), Lacks::stop);
        sidebar =
                new SidebarView(
                        parts.sidebar(),
                        (s, yes) ->
                                Cards.confirm(
                                        sheets,
                                        "Delete this session?",
                                        "“"
                                                + s.title()
                                                + "” and everything said in it will be gone for"
                                                + " good.",
                                        "Delete",
                                        yes));
        greyedBy(sidebar.cannotBegin(), Lacks::sessions);
        sidebar.onEnter(this::toWhatIsOpen);
        sidebar.onChosen(composer::focusField);
        sidebar.foot(
                foot("Server", Feather.SERVER, "server", panels::server),
                foot("Keys", Feather.COMMAND, "shortcuts", panels::keys),
                foot("Settings", Feather.SETTINGS, "open-settings", panels::settings));

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
        frame.setLeft(parts.memory().sidebar() ? sidebar : null);
        Announcer announcer = parts.announcer();
        announcer.onChanged(this::tellReader);
        composer.focusItem(announcer::spoken);
        getChildren().addAll(frame, sheets.node(), announcer);
        parts.settings().settings().subscribe(s -> sheets.still(s.reducedMotion()));
        sheets.onClosed(composer::focusField);
        shortcuts = new Shortcuts(WindowKeys.of(this, parts));
        areas =
                new Areas(
                        List.of(
                                new Areas.Area(sidebar, sidebar::list),
                                new Areas.Area(header, () -> Areas.firstIn(header).orElse(null)),
                                new Areas.Area(pages, () -> Areas.firstIn(pages).orElse(null)),
                                new Areas.Area(asks, asks::firstAnswer),
                                new Areas.Area(composer, composer::field)));
    }

    /// The reader's focus is on what is said, for as long as it is said, and then where the
    /// keyboard's is.
    private void tellReader() {
        notifyAccessibleAttributeChanged(
                parts.announcer().spoken() == null
                        ? AccessibleAttribute.FOCUS_NODE
                        : AccessibleAttribute.FOCUS_ITEM);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(
            AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.FOCUS_ITEM
                ? parts.announcer().spoken()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    private Node greyed(Control control, Function<Lacks, String> why) {
        Greyed place = new Greyed(control);
        greyedBy(place.why(), why);
        return place;
    }

    private void greyedBy(StringProperty reason, Function<Lacks, String> why) {
        parts.shell().lacks().subscribe(lacks -> reason.set(why.apply(lacks)));
    }

    private static Button foot(String name, Feather icon, String id, Runnable action) {
        Button button = Controls.button(id.equals("server") ? name : "", new FontIcon(icon));
        button.setId(id);
        button.setAccessibleText(name);
        button.setTooltip(Controls.tooltip(name));
        button.getStyleClass().add("side-action");
        button.setOnAction(_ -> action.run());
        return button;
    }

    private Node pages() {
        BeginView begin =
                new BeginView(
                        parts.shell(),
                        parts.desk(),
                        parts.sidebar()::folders,
                        () ->
                                Cards.ask(
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
        parts.composer().onSent(talk::toEnd);
        NoticesView notices = new NoticesView(parts.shell().notices());
        UpdatesView updates = new UpdatesView(parts.updates(), parts.announcer()::say);
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
                    boolean begins = page instanceof Page.Begin;
                    beginPage.setVisible(begins);
                    talk.setVisible(!begins);
                    if (!sidebar.browsing()) {
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
        Controls.bind(why, parts.shell().why());
        why.getStyleClass().add("why");
        Controls.wrapping(why);
        why.setId("why");
        // As long as something goes on its place stays, so that the field does not jump.
        ObservableValue<Boolean> shown =
                Bindings.createBooleanBinding(
                        () ->
                                !parts.shell().why().get().isEmpty()
                                        || parts.composer().turn().get().busy(),
                        parts.shell().why(),
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
    public void listenOn(Scene scene) {
        shortcuts.listenOn(scene);
        // Whatever had the focus and is gone, typing goes to where one writes.
        scene.focusOwnerProperty()
                .subscribe(owner -> {
                    if (owner == null && !sheets.showing()) {
                        composer.focusField();
                    }
                });
        scene.addEventFilter(KeyEvent.KEY_PRESSED, _ -> parts.announcer().keyPressed());
        composer.focusField();
    }

    /// Closes what floats, denies what is asked, or stops the turn; a field in which something is
    /// renamed keeps the key, and so does an input method.
    boolean escape() {
        if (sheets.showing()) {
            sheets.close();
            return true;
        }
        Node focused = getScene().getFocusOwner();
        if (Areas.holds(asks, focused)) {
            // Words are not thrown away by the key that leaves the field.
            if (parts.asks().hasWords()) {
                composer.focusField();
            } else {
                parts.asks().dismiss();
            }
            return true;
        }
        boolean elsewhere =
                focused instanceof TextInputControl field && !"composer".equals(field.getId());
        if (elsewhere || composer.composing()) {
            return false;
        }
        if (parts.asks().shown().get() != null) {
            parts.asks().dismiss();
            return true;
        }
        return parts.composer().stop();
    }

    /// Whether the window may close now; where agents of its own server work, the user is asked.
    ///
    /// @param close called once the user has said so
    public boolean mayQuit(Runnable close) {
        return panels.mayEnd("Quit while Claude works?", "Quit", close);
    }

    void moveFocus(int by) {
        if (!sheets.showing()) {
            areas.move(getScene().getFocusOwner(), by);
        }
    }

    /// From the list: to where one writes, or to the text if a place in it was looked for.
    private void toWhatIsOpen() {
        if (parts.sidebar().filter().get().isBlank()) {
            composer.focusField();
        } else {
            talk.focusText();
        }
    }

    void search() {
        if (frame.getLeft() == null) {
            toggleSidebar();
        }
        sidebar.search();
    }

    void toggleSidebar() {
        boolean shown = frame.getLeft() == null;
        frame.setLeft(shown ? sidebar : null);
        parts.memory().sidebar(shown);
    }

    /// Puts the cursor into the field where one writes.
    void toComposer() {
        composer.focusField();
    }

    /// Opens the choice of how much Claude may do unasked.
    void chooseMode() {
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
