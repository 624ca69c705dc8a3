package dev.oriel.app;

import dev.oriel.app.connection.SessionReturn;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.desktop.LocalFiles;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.media.IdleCollection;
import dev.oriel.app.media.MediaLoader;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.outline.OutlinePanel;
import dev.oriel.app.outline.OutlineViewModel;
import dev.oriel.app.overlay.Overlays;
import dev.oriel.app.rewind.PromptPoint;
import dev.oriel.app.rewind.RewindDialog;
import dev.oriel.app.rewind.RewindViewModel;
import dev.oriel.app.session.OpenSession;
import dev.oriel.app.shell.ShellViewModel;
import dev.oriel.app.transcript.TranscriptView;
import dev.oriel.app.transcript.diff.DiffPanes;
import dev.oriel.app.window.ComposerArea;
import dev.oriel.app.window.FileMenu;
import dev.oriel.app.window.LinkMenu;
import dev.oriel.client.PromptLines;
import dev.oriel.platform.OperatingSystem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/// Creates the view of conversations, with the menus of its items. Belongs to the JavaFX thread.
final class TranscriptFactory {
    private final Wiring models;
    private final Overlays overlays;
    private final CodeHighlighter highlighter;

    TranscriptFactory(Wiring models, Overlays overlays) {
        this.models = models;
        this.overlays = overlays;
        AppThreads threads = models.context().threads();
        highlighter = new CodeHighlighter(threads.fx(), threads.highlighting());
    }

    /// A view that follows the settings and is searched by the find bar.
    TranscriptView create() {
        AppContext context = models.context();
        AppThreads threads = context.threads();
        TranscriptView view =
                new TranscriptView(
                        threads.fx(),
                        threads.scheduler(),
                        threads.rendering(),
                        context.clock(),
                        SystemBrowser::open,
                        mediaViewer(context),
                        highlighter);
        context.storage().settings().settings().subscribe(s -> view.setReading(s.reading()));
        models.find().setReader(view.findReader(models.find()::onItemsChanged));
        return view;
    }

    /// Adds what can be done with the item, and with the file, under the mouse.
    void addItemMenus(TranscriptView view) {
        view.menu().add(new LinkMenu(SystemBrowser::open, view::copy));
        view.menu().add(target -> returnItems(target.item()));
        FileMenu files = fileMenu(view);
        view.menu().add(files);
        view.onOpenFile(files::open);
    }

    private FileMenu fileMenu(TranscriptView view) {
        AppContext context = models.context();
        return new FileMenu(
                new LocalFiles(
                        OperatingSystem.current(), context.threads().desktop(), SystemBrowser::run),
                () -> models.shell().header().get().path(),
                models.connection()::isRemote,
                view::copy,
                file -> models.composer().attachments().addFiles(List.of(file)),
                text -> context.threads().fx().execute(() -> models.shell().toasts().info(text)));
    }

    private MediaViewer mediaViewer(AppContext context) {
        AppThreads threads = context.threads();
        return new MediaViewer(
                new MediaLoader(
                        threads.fx(),
                        threads.media(),
                        new IdleCollection(threads.scheduler(), threads.media(), System::gc),
                        threads.scheduler()),
                context.storage().mediaFiles(),
                overlays,
                threads.fx(),
                SystemBrowser::open,
                models.shell().toasts());
    }

    /// The menu item that returns to a prompt.
    private List<MenuItem> returnItems(@Nullable Item item) {
        Optional<PromptPoint> point = item == null ? Optional.empty() : PromptPoint.of(item);
        if (point.isEmpty()) {
            return List.of();
        }
        ShellViewModel shell = models.shell();
        String reason = shell.unsupported().get().branches();
        MenuItem back = Controls.menuItem("Return to this prompt…");
        back.setDisable(!reason.isEmpty());
        back.setOnAction(_ -> returnTo(point.get()));
        return List.of(back);
    }

    private void returnTo(PromptPoint point) {
        OpenSession session = models.shell().openSession();
        ConversationModel conversation = models.shell().conversation().get();
        if (session == null || conversation == null) {
            return;
        }
        Executor fx = models.context().threads().fx();
        RewindDialog.show(
                overlays,
                new RewindViewModel(
                        point,
                        new SessionReturn(
                                session, conversation, models.navigator(), models.composer(), fx),
                        fx,
                        overlays::close));
    }

    /// Lets the user choose one of the prompts that are loaded, to return to it.
    ComposerArea.PromptReturn promptReturn() {
        return new ComposerArea.PromptReturn() {
            @Override
            public boolean isPossible() {
                return models.shell().unsupported().get().branches().isEmpty()
                        && !points().isEmpty();
            }

            @Override
            public void pick() {
                pickPrompt(points());
            }
        };
    }

    private List<PromptPoint> points() {
        ConversationModel now = models.shell().conversation().get();
        return now == null
                ? List.of()
                : now.items().stream().map(PromptPoint::of).flatMap(Optional::stream).toList();
    }

    private void pickPrompt(List<PromptPoint> points) {
        List<PromptLines.Line> lines =
                points.reversed().stream()
                        .map(p -> new PromptLines.Line(p.seq(), p.text(), ""))
                        .toList();
        OutlineViewModel list =
                new OutlineViewModel(
                        _ -> CompletableFuture.completedFuture(new PromptLines(lines, 0)),
                        models.context().threads().fx());
        overlays.showCentered(
                new OutlinePanel(
                        list,
                        models.context().clock(),
                        "Return to which prompt?",
                        seq -> {
                            overlays.close();
                            points.stream()
                                    .filter(p -> p.seq() == seq)
                                    .findFirst()
                                    .ifPresent(this::returnTo);
                        }));
        list.open();
    }

    /// Shows diffs as the settings say.
    DiffPanes diffPanes() {
        AppThreads threads = models.context().threads();
        return new DiffPanes(
                threads.fx(),
                threads.rendering(),
                models.context().storage().settings().settings().map(s -> s.reading().diffs()),
                highlighter);
    }
}
