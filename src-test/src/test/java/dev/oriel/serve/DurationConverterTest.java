package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/// Durations as users write them.
class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "90s,90",
        "15m,900",
        "2h,7200",
        "45,45",
        "' 1M ',60",
        "0,0",
        "999999999h,3599999996400"
    })
    void parsesSecondsMinutesAndHours(String text, long seconds) {
        assertThat(converter.convert(text)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5h", "1 m", "1d", "ten", "1h30m", "9999999999"})
    void anythingElseIsRejectedWithAnExample(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("90s, 15m or 2h");
    }
}
