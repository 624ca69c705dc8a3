package dev.oriel.app.transcript;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.controls.Controls;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.conversation.paging.SearchTarget;
import dev.oriel.app.fx.FrameCoalescer;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.text.markdown.ItemMarkdown;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.document.ParagraphBlock;
import dev.oriel.app.transcript.render.BlockCache;
import dev.oriel.app.transcript.render.SampleConversation;
import dev.oriel.app.transcript.render.SearchTargetMatcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Shows one conversation at a time.
///
/// Node ids: `transcript` is the text, `jump-latest` the pill. Belongs to the JavaFX thread. The
/// document changes at most once per frame, and nothing runs while nothing changes. It wants the
/// style sheets [#STYLESHEET] and `theme/tokens.css`.
public final class TranscriptView extends StackPane {
    /// The style sheet of this view, as a resource address.
    public static final String STYLESHEET = "/dev/oriel/app/transcript/transcript.css";

    /// The widest the column of text gets, pixels.
    public static final double COLUMN = 760;

    private static final double MARGIN = 24;
    private static final PseudoClass READING = PseudoClass.getPseudoClass("reading");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// How long what was looked for stays marked.
    private static final Duration MARKED = Duration.ofMillis(2_500);

    private final FxLane lane;
    private final Executor background;
    private final InstantSource clock;
    private final TranscriptArea pane = new TranscriptArea();
    private final BlockCache drawings;
    private final DocumentUpdater document = new DocumentUpdater(pane);
    private final FrameCoalescer frames = new FrameCoalescer(this::frame);
    private final Button jump = Controls.button();
    private final StackPane empty = new StackPane();

    /// Has the font of code, in the size that the person has chosen.
    private final Label sample = Controls.label();

    private @Nullable ScrollBar bar;
    private final Scheduler scheduler;
    private final TailFollower follow;
    private ItemPositions layout = new ItemPositions();
    private @Nullable ConversationModel model;
    private long seenArrivals;
    private @Nullable Runnable tick;
    private Runnable unmark = () -> {};

    /// @param background where large pages are drawn
    /// @param openLink called with an http, https or mailto address that was clicked
    public TranscriptView(
            FxLane lane,
            Scheduler scheduler,
            Executor background,
            InstantSource clock,
            Consumer<String> openLink) {
        this.lane = lane;
        this.background = background;
        this.clock = clock;
        this.scheduler = scheduler;
        drawings = new BlockCache(lane, background, frames::request);
        VirtualizedScrollPane<TranscriptArea> scroll = new VirtualizedScrollPane<>(pane);
        follow = new TailFollower(pane, scroll, frames::request);
        jump.setId("jump-latest");
        jump.getStyleClass().add("jump-latest");
        jump.setFocusTraversable(false);
        jump.setVisible(false);
        jump.setOnAction(_ -> jumpToLatest());
        StackPane.setAlignment(jump, Pos.BOTTOM_CENTER);
        StackPane.setMargin(jump, new Insets(0, 0, 12, 0));
        empty.setVisible(false);
        getStyleClass().add("transcript-view");
        getChildren().addAll(scroll, empty, jump, new HiddenLabel("Conversation", pane));
        new TranscriptMouse(pane, a -> act(a, openLink), this::markdownOf);
        new TranscriptKeys(
                pane,
                follow,
                a -> act(a, openLink),
                (p, forward) -> layout.nextPromptStart(p, forward));
        pane.estimatedScrollYProperty().addListener((_, _, _) -> frames.request());
        widthProperty().addListener((_, _, _) -> widthChanged());
        sample.getStyleClass().add("code-sample");
        sample.setManaged(false);
        sample.setVisible(false);
        getChildren().add(sample);
        sample.fontProperty().addListener((_, _, _) -> widthChanged());
        pane.focusVisibleProperty().subscribe(on -> pseudoClassStateChanged(READING, on));
        // The text ends where the composer under it does, whether there is a bar or not.
        scroll.getChildrenUnmodifiable().stream()
                .filter(n -> n instanceof ScrollBar b && b.getOrientation() == Orientation.VERTICAL)
                .map(ScrollBar.class::cast)
                .forEach(b -> {
                    bar = b;
                    b.visibleProperty().addListener((_, _, _) -> widthChanged());
                    b.widthProperty().addListener((_, _, _) -> widthChanged());
                });
    }

    /// Gets ready for the first conversation, as long as none is shown: in the background first,
    /// and then here in steps so short that a key comes between them. To be called once the window
    /// is shown.
    public void warmUp() {
        background.execute(() -> {
            List<ParagraphBlock> sample = SampleConversation.render(88);
            for (ParagraphBlock block : sample) {
                lane.post(() -> rehearse(List.of(block)));
            }
            lane.post(() -> rehearse(List.of()));
        });
    }

    private void rehearse(List<ParagraphBlock> blocks) {
        if (model == null) {
            document.update(blocks, 0);
            pane.applyCss();
            pane.layout();
        }
    }

    /// Shows a conversation where its reader left it, or nothing.
    public void show(@Nullable ConversationModel next) {
        if (model != null) {
            model.setChangeListener(null);
        }
        model = next;
        unmark.run();
        drawings.clear();
        follow.goTo(next == null ? new ReadingPosition.AtEnd() : next.readingPosition());
        if (next != null) {
            seenArrivals = next.arrivals();
            next.setChangeListener(frames::request);
        }
        frame();
    }

    /// What stands in the middle while a conversation has no messages; null for nothing.
    public void setEmptyContent(@Nullable Node content) {
        empty.getChildren().clear();
        if (content != null) {
            empty.getChildren().add(content);
        }
        frames.request();
    }

    /// Goes to the end and follows it again.
    public void jumpToLatest() {
        follow.apply(new Trigger.JumpedToEnd());
        if (model != null) {
            model.goToEnd();
        }
        frames.request();
    }

    /// Moves the keyboard focus into the text.
    public void focusText() {
        pane.requestFocus();
    }

    /// Whether a frame or a tick is still to come by itself.
    boolean isBusy() {
        return frames.isRequested() || tick != null;
    }

    private void act(ClickAction action, Consumer<String> openLink) {
        switch (action) {
            case ClickAction.OpenLink(String url) -> openLink.accept(url);
            case ClickAction.Copy(String text) -> pane.copyToClipboard(text);
            case ClickAction.Retry(String id) -> {
                if (model != null) {
                    model.retry(id);
                    jumpToLatest();
                }
            }
            case ClickAction.Toggle(String id) -> {
                drawings.toggle(id);
                follow.apply(new Trigger.ItemToggled());
                frame();
                // Where it was opened by the keyboard, the keyboard can close it.
                pane.moveTo(Math.max(0, layout.startOf(id)), 0);
            }
            case ClickAction.ShowMore(String id) -> {
                drawings.showMore(id);
                follow.apply(new Trigger.ItemToggled());
            }
        }
        frames.request();
    }

    private String markdownOf(int fromParagraph, int toParagraph) {
        StringBuilder all = new StringBuilder();
        if (model != null) {
            for (Item item : layout.items(fromParagraph, toParagraph)) {
                all.append(all.isEmpty() ? "" : "\n\n").append(ItemMarkdown.of(item));
            }
        }
        return all.toString();
    }

    private void widthChanged() {
        double side = Math.max(MARGIN, (getWidth() - COLUMN) / 2);
        double taken = bar != null && bar.isVisible() ? bar.getWidth() : 0;
        pane.setPadding(new Insets(0, Math.max(0, side - taken), 0, side));
        double code = Math.min(COLUMN, getWidth() - 2 * MARGIN) - 40;
        // In steps, so that dragging the window's edge does not draw everything anew at every
        // pixel.
        int columns =
                Math.max(24, (int) (code / TranscriptArea.codeWidth(sample.getFont())) / 4 * 4);
        drawings.setColumns(columns);
        frames.request();
    }

    private void frame() {
        ConversationModel m = model;
        List<Item> items = m == null ? List.of() : List.copyOf(m.items());
        SearchTarget.Located found = m == null ? null : m.locatedTarget();
        reveal(found, items);
        List<@Nullable List<ParagraphBlock>> drawn = drawings.blocksOf(items, clock.instant());
        List<ParagraphBlock> blocks = new ArrayList<>();
        ItemPositions next = new ItemPositions();
        for (int i = 0; i < items.size(); i++) {
            List<ParagraphBlock> of = drawn.get(i);
            if (of != null) {
                next.add(items.get(i), of);
                blocks.addAll(of);
            }
        }
        ReadingPosition before = follow.position(layout);
        layout = next;
        DocumentUpdater.Change change = document.update(blocks, pane.firstVisible());
        if (change != DocumentUpdater.Change.NONE) {
            pane.textChanged(items.stream().noneMatch(TranscriptView::grows));
        }
        if (m != null && found != null) {
            m.clearTarget();
            arrive(found);
        }
        follow.onFrame(layout, before, change);
        empty.setVisible(items.isEmpty());
        keepTime();
        pill(m);
        if (m != null && !items.isEmpty()) {
            m.updateReadingPosition(
                    follow.position(layout),
                    indexIn(items, pane.firstVisible()),
                    indexIn(items, pane.lastVisible()));
        }
    }

    private static boolean grows(Item item) {
        return item instanceof Item.Answer a && a.open();
    }

    /// Opens and marks what the reader looks for.
    private void reveal(SearchTarget.@Nullable Located found, List<Item> items) {
        if (found == null) {
            return;
        }
        for (Item item : items) {
            if (item.id().equals(found.itemId())) {
                drawings.reveal(item, new SearchTargetMatcher(found.target()));
            }
        }
        unmark.run();
        unmark =
                scheduler.schedule(
                        MARKED,
                        () -> {
                            drawings.unmark();
                            frames.request();
                        });
    }

    /// Goes to the paragraph that was looked for, and puts the caret there, so that who reads with
    /// the keyboard or by ear goes on from it.
    private void arrive(SearchTarget.Located found) {
        SearchTargetMatcher words = new SearchTargetMatcher(found.target());
        int start = layout.startOf(found.itemId());
        int best = start;
        for (int i = start; i < layout.endOf(found.itemId()); i++) {
            if (words.score(pane.getParagraph(i).getText())
                    > words.score(pane.getParagraph(best).getText())) {
                best = i;
            }
        }
        int[] range = words.range(pane.getParagraph(best).getText());
        if (range.length == 0) {
            pane.moveTo(best, 0);
        } else {
            pane.selectRange(best, range[0], best, range[1]);
        }
        follow.goTo(
                new ReadingPosition.At(found.itemId(), best - start, pane.getViewportHeight() / 4));
    }

    /// A tool that runs tells for how long, as long as it is in sight.
    private void keepTime() {
        boolean running = false;
        for (Item item : layout.items(pane.firstVisible(), pane.lastVisible())) {
            running |= BlockCache.isRunning(item);
        }
        if (tick != null) {
            tick.run();
        }
        tick =
                running
                        ? scheduler.schedule(
                                SECOND,
                                () -> {
                                    tick = null;
                                    frames.request();
                                })
                        : null;
    }

    private int indexIn(List<Item> items, int paragraph) {
        Item item = layout.itemAt(paragraph);
        for (int i = 0; i < items.size(); i++) {
            if (item != null && items.get(i).id().equals(item.id())) {
                return i;
            }
        }
        return items.size() - 1;
    }

    private void pill(@Nullable ConversationModel m) {
        boolean away =
                m != null && ((!follow.isFollowing() && !follow.isNearEnd()) || m.hasMoreAfter());
        if (m != null && !away) {
            seenArrivals = m.arrivals();
        }
        jump.setVisible(away);
        if (m != null && away) {
            long unseen = m.arrivals() - seenArrivals;
            Controls.setText(
                    jump, unseen > 0 ? "Jump to latest · " + unseen + " new" : "Jump to latest");
        }
    }
}
