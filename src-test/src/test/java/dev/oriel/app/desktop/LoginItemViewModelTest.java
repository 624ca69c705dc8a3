package dev.oriel.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The setting "Open Oriel when I log in", with a system that may fail.
class LoginItemViewModelTest {
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final Deque<Runnable> fx = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private final SystemItem system = new SystemItem();
    private final LoginItemViewModel model =
            new LoginItemViewModel(Optional.of(system), background::add, fx::add, errors::add);

    private static final class SystemItem implements LoginItem {
        private boolean on;
        private boolean readable = true;
        private boolean writable = true;

        @Override
        public boolean isOn() throws IOException {
            if (!readable) {
                throw new IOException("no permission");
            }
            return on;
        }

        @Override
        public void setOn(boolean next) throws IOException {
            if (!writable) {
                throw new IOException("no space");
            }
            on = next;
        }
    }

    private static void run(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private LoginItemState settled() {
        run(background);
        run(fx);
        return model.state().get();
    }

    @Test
    void withoutAnInstallationTheSettingIsUnavailable() {
        LoginItemViewModel none =
                new LoginItemViewModel(Optional.empty(), background::add, fx::add, errors::add);
        none.load();
        none.setOn(true);
        assertThat(background).isEmpty();
        assertThat(none.state().get()).isInstanceOf(LoginItemState.Unavailable.class);
    }

    @Test
    void theStateIsReadInTheBackgroundAndShownOnTheJavaFxThread() {
        system.on = true;
        model.load();
        assertThat(model.state().get()).isEqualTo(new LoginItemState.Loading());
        run(background);
        assertThat(model.state().get()).isEqualTo(new LoginItemState.Loading());
        run(fx);
        assertThat(model.state().get()).isEqualTo(new LoginItemState.Known(true));
    }

    @Test
    void aChangeIsShownOnceTheSystemHasIt() {
        model.setOn(true);
        assertThat(model.state().get()).isEqualTo(new LoginItemState.Loading());
        assertThat(system.on).isFalse();
        assertThat(settled()).isEqualTo(new LoginItemState.Known(true));
        assertThat(system.on).isTrue();
        assertThat(errors).isEmpty();
    }

    @Test
    void changesAreMadeInTheirOrder() {
        model.setOn(true);
        model.setOn(false);
        assertThat(settled()).isEqualTo(new LoginItemState.Known(false));
    }

    @Test
    void aChangeThatFailsIsReportedAndTheSystemsStateShown() {
        system.writable = false;
        model.setOn(true);
        run(background);
        assertThat(errors).isEmpty();
        assertThat(settled()).isEqualTo(new LoginItemState.Known(false));
        assertThat(errors).containsExactly("Could not change whether Oriel opens when you log in.");
    }

    @Test
    void aStateThatCannotBeReadIsUnavailable() {
        system.readable = false;
        model.load();
        assertThat(settled())
                .isEqualTo(
                        new LoginItemState.Unavailable(
                                "Could not read whether Oriel opens when you log in."));
        system.readable = true;
        model.load();
        assertThat(settled()).isEqualTo(new LoginItemState.Known(false));
    }
}
