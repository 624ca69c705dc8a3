package dev.oriel.app.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.conversation.item.MediaPlace;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

/// Images need JavaFX, and no window.
class ImageCacheUiTest {
    /// Bytes of an image of these tests.
    private static final long BYTES = 4L * 1_000 * 1_000;

    private final ImageCache cache = new ImageCache();

    @BeforeAll
    static void startJavaFx() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static ImageCache.Key key(int index) {
        return new ImageCache.Key(new MediaPlace(1, index), 1_000, 1_000);
    }

    private void put(int index) {
        cache.put(key(index), new WritableImage(1_000, 1_000));
    }

    @Test
    void theImagesThatWereUsedLastAreKeptWithinTheBound() {
        int most = (int) (ImageCache.MAX_BYTES / BYTES);
        for (int i = 0; i < most; i++) {
            put(i);
        }
        assertThat(cache.find(key(0))).isNotNull();
        put(most);
        assertThat(cache.find(key(0))).isNotNull();
        assertThat(cache.find(key(1))).isNull();
        assertThat(cache.bytes()).isEqualTo(most * BYTES).isLessThanOrEqualTo(12L * 1024 * 1024);
    }

    @Test
    void anImageThatIsReplacedCountsOnce() {
        put(0);
        put(0);
        assertThat(cache.bytes()).isEqualTo(BYTES);
        cache.clear();
        assertThat(cache.bytes()).isZero();
        assertThat(cache.find(key(0))).isNull();
    }
}
