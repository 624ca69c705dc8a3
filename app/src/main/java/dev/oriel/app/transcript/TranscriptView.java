package dev.oriel.app.transcript;

import dev.oriel.app.access.HiddenLabel;
import dev.oriel.app.conversation.ConversationModel;
import dev.oriel.app.conversation.item.Attachment;
import dev.oriel.app.conversation.item.Item;
import dev.oriel.app.conversation.item.NextStep;
import dev.oriel.app.conversation.item.ToolRun;
import dev.oriel.app.conversation.paging.ReadingPosition;
import dev.oriel.app.find.FindReader;
import dev.oriel.app.fx.FrameCoalescer;
import dev.oriel.app.fx.FxLane;
import dev.oriel.app.fx.Scheduler;
import dev.oriel.app.highlight.CodeHighlighter;
import dev.oriel.app.media.view.MediaNodes;
import dev.oriel.app.media.view.MediaViewer;
import dev.oriel.app.reading.ReadingSettings;
import dev.oriel.app.reading.ShownItems;
import dev.oriel.app.transcript.FollowState.Trigger;
import dev.oriel.app.transcript.area.DocumentUpdater;
import dev.oriel.app.transcript.area.ItemPositions;
import dev.oriel.app.transcript.area.TranscriptArea;
import dev.oriel.app.transcript.document.ClickAction;
import dev.oriel.app.transcript.options.TextFit;
import dev.oriel.app.transcript.render.BlockCache;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.collections.SetChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.jspecify.annotations.Nullable;

/// Shows one conversation at a time.
///
/// Node ids: `transcript` is the text, `jump-latest` the button that goes to the end. Belongs to
/// the JavaFX thread. The document changes at most once per frame, and nothing runs while nothing
/// changes. The scene needs the style sheets [#STYLESHEET] and `theme/tokens.css`.
public final class TranscriptView extends StackPane {
    /// The style sheet of this view, as a resource address.
    public static final String STYLESHEET = "/dev/oriel/app/transcript/transcript.css";

    private static final PseudoClass READING = PseudoClass.getPseudoClass("reading");

    /// The longest selected text that is sought, characters.
    private static final int MOST_SOUGHT = 200;

    private final FxLane lane;
    private final Executor background;
    private final InstantSource clock;
    private final MediaViewer media;
    private final AttachmentActions attachments;
    private final TranscriptArea area;
    private final TranscriptDocument document;
    private final FrameCoalescer frames = new FrameCoalescer(this::frame);
    private final JumpButton jump = new JumpButton(this::jumpToLatest);
    private final BlockCache blocks;
    private final SearchHighlight highlight;
    private final TailFollower follow;
    private final TranscriptMenu menu;
    private final TranscriptFind find;
    private final TranscriptKeys keys;
    private final FootnoteJumps footnotes;
    private @Nullable ConversationModel model;
    private Consumer<ToolRun> openDiff = _ -> {};
    private Consumer<String> openFile = _ -> {};
    private Runnable openSettings = () -> {};
    private Runnable openAccounts = () -> {};
    private final RunningTick tick;
    private final RawCopy rawCopy;

    /// @param lane runs the callbacks of the background
    /// @param background renders large pages
    /// @param openLink opens an http, https or mailto address that was clicked
    /// @param media shows the images and documents of the conversation
    /// @param highlighter colours code
    public TranscriptView(
            FxLane lane,
            Scheduler scheduler,
            Executor background,
            InstantSource clock,
            Consumer<String> openLink,
            MediaViewer media,
            CodeHighlighter highlighter) {
        this.lane = lane;
        this.background = background;
        this.clock = clock;
        tick = new RunningTick(scheduler, frames::request);
        this.media = media;
        attachments = new AttachmentActions(media, this, () -> model);
        area = new TranscriptArea(new MediaNodes(media.loader()));
        rawCopy = new RawCopy(lane, background, area::copyToClipboard);
        blocks = new BlockCache(lane, background, frames::request, highlighter);
        document = new TranscriptDocument(area, blocks, frames::request);
        highlighter.subscribe(frames::request);
        VirtualizedScrollPane<TranscriptArea> scroll = new VirtualizedScrollPane<>(area);
        follow = new TailFollower(area, scroll, frames::request);
        highlight =
                new SearchHighlight(
                        area, blocks, scheduler, follow, frames::request, document::unhide);
        footnotes = new FootnoteJumps(area, follow);
        find = new TranscriptFind(area, blocks, follow, frames::request, document::unhide);
        LinkHint hint = new LinkHint();
        TextColumn column = new TextColumn(this, area, scroll, this::setFit);
        getStyleClass().add("transcript-view");
        TranscriptCopy copy = new TranscriptCopy(area, blocks, document::positions);
        MessageCopyButton copyButton =
                new MessageCopyButton(area, document::positions, scheduler, copy::copy);
        getChildren()
                .addAll(
                        scroll,
                        copyButton.node(),
                        jump.node(),
                        hint.node(),
                        new HiddenLabel("Conversation", area));
        getChildren().addAll(column.samples());
        menu = new TranscriptMenu(area, p -> document.positions().itemAt(p));
        menu.add(attachments::menuItems);
        menu.add(copy::menuItems);
        new TranscriptMouse(area, a -> perform(a, openLink), menu);
        keys =
                new TranscriptKeys(
                        area, follow, a -> perform(a, openLink), new HeldPlaces(), hint::show);
        area.estimatedScrollYProperty().addListener((_, _, _) -> frames.request());
        area.getPseudoClassStates()
                .addListener(
                        (SetChangeListener<PseudoClass>)
                                c -> pseudoClassStateChanged(READING, isReached(c.getSet())));
    }

    /// A view whose code is coloured by a highlighter of its own.
    public TranscriptView(
            FxLane lane,
            Scheduler scheduler,
            Executor background,
            InstantSource clock,
            Consumer<String> openLink,
            MediaViewer media) {
        this(
                lane,
                scheduler,
                background,
                clock,
                openLink,
                media,
                new CodeHighlighter(lane, background));
    }

    /// Whether the keyboard brought the focus here.
    private static boolean isReached(Set<? extends PseudoClass> states) {
        return states.stream()
                .map(PseudoClass::getPseudoClassName)
                .anyMatch(n -> n.equals("focus-visible") || n.equals("reached"));
    }

    private void setFit(TextFit fit) {
        area.wide().forgetWidths();
        blocks.setSettings(blocks.settings().withFit(fit));
        frames.request();
    }

    /// Sets what opens a file whose path was clicked.
    public void onOpenFile(Consumer<String> listener) {
        openFile = listener;
    }

    /// Sets what opens the settings of the window.
    public void onOpenSettings(Runnable listener) {
        openSettings = listener;
    }

    /// @param listener opens the accounts of the Messages API
    public void onOpenAccounts(Runnable listener) {
        openAccounts = listener;
    }

    /// Copies a text.
    public void copy(String text) {
        area.copyToClipboard(text);
    }

    /// @param listener shows what an edit changed in the whole window
    public void onOpenDiff(Consumer<ToolRun> listener) {
        openDiff = listener;
    }

    /// Shows conversations as the user chose, from the next frame on.
    public void setReading(ReadingSettings choices) {
        blocks.setSettings(blocks.settings().withReading(choices));
        frames.request();
    }

    /// Loads what the first conversation needs, unless one is shown. To be called once the window
    /// is shown.
    public void warmUp() {
        new SampleLayout(document, () -> model == null).start(background, lane);
    }

    /// Sets what receives sentences for a screen reader.
    public void setAnnouncer(Consumer<String> announcer) {
        keys.setAnnouncer(announcer);
    }

    /// Shows a conversation at the position where it was read last, or nothing.
    public void show(@Nullable ConversationModel next) {
        if (model != null) {
            model.setChangeListener(null);
        }
        model = next;
        highlight.clear();
        blocks.clear();
        document.clear();
        media.loader().open(next == null ? null : next::findMessage);
        follow.goTo(next == null ? new ReadingPosition.AtEnd() : next.readingPosition());
        if (next != null) {
            jump.hide(next.arrivals());
            next.setChangeListener(frames::request);
        }
        frame();
    }

    /// Goes to the end and follows it.
    public void jumpToLatest() {
        follow.apply(new Trigger.JumpedToEnd());
        if (model != null) {
            model.goToEnd();
        }
    }

    /// Goes to the next held prompt in a direction.
    ///
    /// @return whether there is one
    public boolean toPrompt(boolean forward) {
        follow.apply(forward ? new Trigger.ScrolledDown() : new Trigger.ScrolledUp());
        return keys.toPrompt(forward);
    }

    /// Goes to the first or the last of the held paragraphs.
    public void toHeldEdge(boolean end) {
        follow.apply(new Trigger.ScrolledUp());
        if (end) {
            area.flow().showAsLast(area.getParagraphs().size() - 1);
        } else {
            new HeldPlaces().showFirst();
        }
    }

    /// Moves the keyboard focus into the text.
    public void focusText() {
        area.requestFocus();
    }

    /// Shows the hits of a search.
    ///
    /// @param onItems called after the held items have changed, while something is sought
    public FindReader findReader(Runnable onItems) {
        find.setItemsListener(onItems);
        return find;
    }

    /// The selected text if it is a part of one line; else empty.
    public String selectedWords() {
        String text = area.getSelectedText();
        return text.length() <= MOST_SOUGHT && text.indexOf('\n') < 0 ? text : "";
    }

    /// Whether a frame or a timer is pending.
    boolean isBusy() {
        return frames.isRequested() || tick.isPending();
    }

    private void perform(ClickAction action, Consumer<String> openLink) {
        switch (action) {
            case ClickAction.OpenLink(String url) -> openLink.accept(url);
            case ClickAction.OpenAttachment(Attachment attachment) -> attachments.open(attachment);
            case ClickAction.OpenDiff(ToolRun edit) -> openDiff.accept(edit);
            case ClickAction.OpenFile(String path) -> openFile.accept(path);
            case ClickAction.Copy(CharSequence text) -> area.copyToClipboard(text.toString());
            case ClickAction.CopyRaw raw -> rawCopy.copy(raw, model);
            case ClickAction.TakeStep(_, NextStep.OpenSettings _) -> openSettings.run();
            case ClickAction.TakeStep(_, NextStep.OpenAccounts _) -> openAccounts.run();
            case ClickAction.TakeStep(String id, NextStep step) -> {
                if (model != null) {
                    model.take(id, step);
                    jumpToLatest();
                }
            }
            case ClickAction.ToFootnote(int number) ->
                    footnotes.toFootnote(number, document.positions());
            case ClickAction.ToReference(int number) ->
                    footnotes.toReference(number, document.positions());
            case ClickAction.Toggle(String id) -> {
                blocks.toggle(id);
                follow.apply(new Trigger.ItemToggled());
                frame();
                // After the keyboard opened an item, it can close it again.
                area.moveTo(Math.max(0, document.positions().startOf(id)), 0);
                keys.announceFold();
            }
            case ClickAction.TogglePart(String id, String part) -> {
                blocks.togglePart(id, part);
                follow.apply(new Trigger.ItemToggled());
                int paragraph = area.getCurrentParagraph();
                frame();
                // What is opened is below, so the caret stays where the click was.
                area.moveTo(Math.min(paragraph, area.getParagraphs().size() - 1), 0);
                keys.announceFold();
            }
            case ClickAction.ShowMore(String id) -> {
                blocks.showMore(id);
                follow.apply(new Trigger.ItemToggled());
            }
        }
        frames.request();
    }

    /// The context menu, to which sections can be added.
    public TranscriptMenu menu() {
        return menu;
    }

    /// Brings the document up to date with the items, and scrolls.
    private void frame() {
        ConversationModel m = model;
        List<Item> items = m == null ? List.of() : List.copyOf(m.items());
        if (m != null) {
            highlight.beforeRendering(m, items);
        }
        ReadingPosition before = follow.position(document.positions());
        List<Item> shown =
                ShownItems.of(items, blocks.settings().reading().detail(), blocks::isToggled);
        String sought = find.soughtItem() == null ? follow.soughtItem() : find.soughtItem();
        DocumentUpdater.Change change =
                document.update(
                        shown,
                        clock.instant(),
                        find.isActive() || sought != null,
                        follow.scrollsToEnd(),
                        sought);
        ItemPositions positions = document.positions();
        if (m != null) {
            highlight.afterRendering(m, shown, positions);
        }
        find.beforeScroll(items, positions);
        follow.onFrame(positions, before, change, document.isPending());
        find.afterScroll();
        tick.update(positions.items(area.firstVisible(), area.lastVisible()), clock.instant());
        jump.update(m, follow.isFollowing() || follow.isNearEnd());
        if (m != null && !items.isEmpty()) {
            // What is in sight while a place is sought is another one.
            String goal = follow.soughtItem();
            int at = goal == null ? -1 : ItemPositions.indexOf(goal, items);
            m.updateReadingPosition(
                    follow.position(positions),
                    at >= 0 ? at : positions.indexIn(items, area.firstVisible()),
                    at >= 0 ? at : positions.indexIn(items, area.lastVisible()));
        }
    }

    /// The places among all held items, also those that are not rendered yet.
    private final class HeldPlaces implements TranscriptKeys.Places {
        @Override
        public @Nullable Item nextPrompt(int paragraph, boolean forward) {
            return document.positions().nextPrompt(document.items(), paragraph, forward);
        }

        @Override
        public int reach(Item item) {
            if (document.positions().startOf(item.id()) < 0) {
                follow.goTo(new ReadingPosition.At(item.id(), 0, 0));
                frame();
            }
            return document.positions().startOf(item.id());
        }

        @Override
        public void showFirst() {
            if (document.items().isEmpty() || reach(document.items().getFirst()) >= 0) {
                area.flow().showAsFirst(0);
            }
        }
    }
}
