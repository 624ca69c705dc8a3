package dev.oriel.app.access;

import dev.oriel.app.fx.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Passes sentences to a screen reader without showing them.
///
/// JavaFX 26 has no live regions. Its bridges to Windows and macOS do report the *focus item*: the
/// part of a control that has the screen reader's focus while the keyboard's focus stays where it
/// is, as with the tabs of a tab pane. So the window makes this node its focus item for as long as
/// a sentence takes to read, or until the next key. (On Linux JavaFX has no bridge to screen
/// readers.)
///
/// Sentences wait while the user types, are joined if several arrive together, and are dropped if
/// no screen reader runs. Belongs to the JavaFX thread.
public final class Announcer extends Region {
    /// Sentences that arrive within this time are read together.
    private static final Duration GATHER_TIME = Duration.ofMillis(250);

    /// Nothing is read until the user has not typed for this long.
    private static final Duration TYPING_PAUSE = Duration.ofMillis(1_500);

    private static final Duration READING_TIME_PER_LETTER = Duration.ofMillis(70);
    private static final Duration MAX_READING_TIME = Duration.ofSeconds(20);

    private final Scheduler scheduler;
    private final InstantSource clock;
    private final BooleanSupplier screenReaderActive;
    private final List<String> pending = new ArrayList<>();
    private Instant lastKey = Instant.MIN;
    private boolean scheduled;
    private boolean speaking;
    private Runnable cancelStop = () -> {};
    private Runnable changeListener = () -> {};

    public Announcer(Scheduler scheduler, InstantSource clock) {
        this(scheduler, clock, Platform::isAccessibilityActive);
    }

    /// @param screenReaderActive whether a screen reader runs
    Announcer(Scheduler scheduler, InstantSource clock, BooleanSupplier screenReaderActive) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.screenReaderActive = screenReaderActive;
        setAccessibleRole(AccessibleRole.TEXT);
        setManaged(false);
        setMouseTransparent(true);
        resize(1, 1);
    }

    /// Sets the one listener, the window. It is called after every change of [#focusItem()] and
    /// reports it to the screen reader.
    public void setChangeListener(Runnable run) {
        changeListener = run;
    }

    /// Reads a sentence once the user does not type. A sentence that is already waiting is read
    /// once.
    public void announce(String sentence) {
        if (sentence.isBlank() || !screenReaderActive.getAsBoolean()) {
            return;
        }
        pending.remove(sentence);
        pending.add(sentence);
        if (!scheduled) {
            scheduled = true;
            scheduler.schedule(GATHER_TIME, this::speakPending);
        }
    }

    private void speakPending() {
        if (clock.instant().isBefore(lastKey.plus(TYPING_PAUSE))) {
            scheduler.schedule(TYPING_PAUSE, this::speakPending);
            return;
        }
        scheduled = false;
        String words = String.join(" ", pending);
        pending.clear();
        setAccessibleText(words);
        speaking = true;
        changeListener.run();
        Duration reading = READING_TIME_PER_LETTER.multipliedBy(words.length()).plusSeconds(1);
        cancelStop.run();
        cancelStop =
                scheduler.schedule(
                        reading.compareTo(MAX_READING_TIME) < 0 ? reading : MAX_READING_TIME,
                        this::stop);
    }

    private void stop() {
        if (speaking) {
            speaking = false;
            cancelStop.run();
            changeListener.run();
        }
    }

    /// Stops reading, because a key was pressed.
    public void onKeyPressed() {
        lastKey = clock.instant();
        stop();
    }

    /// This node while it is read, else null: the window's focus item.
    public @Nullable Announcer focusItem() {
        return speaking ? this : null;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // Screen readers ignore a focus item that does not claim to be focused.
        return attribute == AccessibleAttribute.FOCUSED
                ? speaking
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
