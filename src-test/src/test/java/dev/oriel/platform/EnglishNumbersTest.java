package dev.oriel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnglishNumbersTest {
    private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
    private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);

    @AfterEach
    void restore() {
        Locale.setDefault(Locale.Category.FORMAT, format);
    }

    @Test
    void numbersHaveAsciiDigitsWhateverTheLocale() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("ar", "EG"));
        assertThat("%d".formatted(8080)).isNotEqualTo("8080");

        EnglishNumbers.use();

        assertThat("%d %,d %.1f".formatted(8080, 1234, 0.5)).isEqualTo("8080 1,234 0.5");
        assertThat(Locale.getDefault(Locale.Category.DISPLAY)).isEqualTo(display);
    }
}
