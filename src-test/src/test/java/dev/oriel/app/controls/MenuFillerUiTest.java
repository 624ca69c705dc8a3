package dev.oriel.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.testing.window.FxThread;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Scene;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

class MenuFillerUiTest {
    private final AtomicInteger filled = new AtomicInteger();
    private Stage stage;
    private MenuButton menu;
    private MenuFiller filler;

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        menu = FxThread.on(Controls::menuButton);
        filler =
                FxThread.on(() ->
                        new MenuFiller(
                                menu,
                                () ->
                                        List.of(
                                                Controls.menuItem(
                                                        "Item " + filled.incrementAndGet()))));
        stage = FxThread.on(Stage::new);
        FxThread.run(() -> {
            stage.setScene(new Scene(menu));
            stage.show();
            filler.update();
        });
    }

    @AfterEach
    void close() {
        FxThread.run(stage::close);
    }

    private void showMenu() {
        FxThread.run(menu::show);
        FxThread.until(menu::isShowing);
    }

    private void hideMenu() {
        FxThread.run(menu::hide);
        FxThread.until(() -> !menu.isShowing());
    }

    private String items() {
        return FxThread.on(() -> menu.getItems().getFirst().getText());
    }

    @Test
    void aMenuThatWasNeverShownIsFilledAtOnce() {
        FxThread.run(filler::update);
        assertThat(items()).isEqualTo("Item 2");
    }

    @Test
    void aMenuThatWasShownIsFilledWhenItOpensAgain() {
        showMenu();
        hideMenu();
        FxThread.run(() -> {
            filler.update();
            filler.update();
        });
        assertThat(filled).hasValue(1);
        showMenu();
        assertThat(items()).isEqualTo("Item 2");
        hideMenu();
        showMenu();
        assertThat(filled).hasValue(2);
    }

    @Test
    void anOpenMenuIsFilledAtOnce() {
        showMenu();
        FxThread.run(filler::update);
        assertThat(items()).isEqualTo("Item 2");
    }
}
