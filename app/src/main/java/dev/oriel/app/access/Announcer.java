package dev.oriel.app.access;

import dev.oriel.app.fx.FxScheduler;
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

/// Says sentences to whoever uses a screen reader, and shows nothing.
///
/// JavaFX 26 has no live regions. What its bridges to Windows and macOS do pass on is the *focus
/// item*: the part of a control that the reader's focus is on while the keyboard's stays where it
/// is, as with the tabs of a tab pane. So the window lends its focus item to this node for as long
/// as a sentence takes to read, and takes it back at the next key. (On Linux JavaFX has no bridge
/// to screen readers at all.)
///
/// It waits while somebody types, says what came in the meantime in one go, and does nothing where
/// no reader listens. Belongs to the JavaFX thread.
public final class Announcer extends Region {
    /// What comes at once is said at once.
    private static final Duration GATHER = Duration.ofMillis(250);

    /// Who typed less than this ago is not interrupted.
    private static final Duration TYPING = Duration.ofMillis(1_500);

    private static final Duration PER_LETTER = Duration.ofMillis(70);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Timer timer;
    private final InstantSource clock;
    private final BooleanSupplier listened;
    private final List<String> waiting = new ArrayList<>();
    private Instant lastKey = Instant.MIN;
    private boolean due;
    private boolean speaking;
    private Runnable takeBack = () -> {};
    private Runnable changed = () -> {};

    /// Runs something later on the JavaFX thread.
    @FunctionalInterface
    public interface Timer {
        /// @return takes it back
        Runnable schedule(Duration delay, Runnable work);
    }

    public Announcer(FxScheduler later, InstantSource clock) {
        this(later::schedule, clock, Platform::isAccessibilityActive);
    }

    /// @param listened whether a screen reader is there
    Announcer(Timer timer, InstantSource clock, BooleanSupplier listened) {
        this.timer = timer;
        this.clock = clock;
        this.listened = listened;
        setAccessibleRole(AccessibleRole.TEXT);
        setManaged(false);
        setMouseTransparent(true);
        resize(1, 1);
    }

    /// Called when [#focusItem()] has changed; tells the reader so.
    public void setChangeListener(Runnable run) {
        changed = run;
    }

    /// Says a sentence as soon as nobody types. The same sentence twice before that is said once.
    public void announce(String sentence) {
        if (sentence.isBlank() || !listened.getAsBoolean()) {
            return;
        }
        waiting.remove(sentence);
        waiting.add(sentence);
        if (!due) {
            due = true;
            timer.schedule(GATHER, this::speak);
        }
    }

    private void speak() {
        if (clock.instant().isBefore(lastKey.plus(TYPING))) {
            timer.schedule(TYPING, this::speak);
            return;
        }
        due = false;
        String words = String.join(" ", waiting);
        waiting.clear();
        setAccessibleText(words);
        speaking = true;
        changed.run();
        Duration reading = PER_LETTER.multipliedBy(words.length()).plusSeconds(1);
        takeBack.run();
        takeBack = timer.schedule(reading.compareTo(LONGEST) < 0 ? reading : LONGEST, this::stop);
    }

    private void stop() {
        if (speaking) {
            speaking = false;
            takeBack.run();
            changed.run();
        }
    }

    /// A key was pressed: what is being said gives way to it.
    public void onKeyPressed() {
        lastKey = clock.instant();
        stop();
    }

    /// This node while it says something, else null: the window's focus item.
    public @Nullable Announcer focusItem() {
        return speaking ? this : null;
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // A reader only believes a focus that says of itself that it has it.
        return attribute == AccessibleAttribute.FOCUSED
                ? speaking
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
