package dev.oriel.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SidebarVisibilityTest {
    private final List<Boolean> saved = new ArrayList<>();
    private final SidebarVisibility sidebar = new SidebarVisibility(true, saved::add);

    @Test
    void aNarrowWindowBeginsWithoutIt() {
        sidebar.fit(SidebarVisibility.NARROW - 1);
        assertThat(sidebar.shown().get()).isFalse();
        sidebar.fit(SidebarVisibility.NARROW);
        assertThat(sidebar.shown().get()).isTrue();
        assertThat(saved).isEmpty();
    }

    @Test
    void itCanBeShownInANarrowWindowWithoutChangingTheChoice() {
        sidebar.toggle();
        assertThat(saved).containsExactly(false);
        sidebar.fit(660);
        sidebar.show();
        sidebar.fit(650);
        assertThat(sidebar.shown().get()).isTrue();
        sidebar.fit(1000);
        assertThat(sidebar.shown().get()).isFalse();
        assertThat(saved).containsExactly(false);
    }

    @Test
    void whatIsHiddenInANarrowWindowIsShownAgainInAWideOne() {
        sidebar.fit(660);
        sidebar.toggle();
        sidebar.toggle();
        sidebar.fit(1000);
        assertThat(sidebar.shown().get()).isTrue();
        sidebar.show();
        assertThat(saved).isEmpty();
    }
}
