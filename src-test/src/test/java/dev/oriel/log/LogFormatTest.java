package dev.oriel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Text of a client can neither imitate a line of the log nor control the terminal.
class LogFormatTest {
    private static String logged(String message, @Nullable Throwable thrown) {
        var log = new LogRecord(Level.WARNING, message);
        log.setThrown(thrown);
        return new LogFormat().format(log);
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("a\nb", "a\\nb"),
                arguments("a\r\nb", "a\\r\\nb"),
                arguments("\u001b[2Jx", "\\u001b[2Jx"),
                arguments("\u009b31m", "\\u009b31m"),
                arguments("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
                arguments("a\u2028b\u2029c\u0085d", "a\\u2028b\\u2029c\\u0085d"),
                arguments("a\u0000b\u0007c\tx", "a\\u0000b\\u0007c\\tx"),
                arguments("Grüße 你好 😀", "Grüße 你好 😀"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aRecordIsOneHarmlessLine(String message, String shown) {
        assertThat(logged(message, null)).endsWith(" warn " + shown + "\n").hasLineCount(1);
    }

    @Test
    void unpairedSurrogatesAndTagCharactersAreEscaped() {
        assertThat(LogText.escape("a\ud83d")).isEqualTo("a\\ud83d");
        assertThat(LogText.escape(Character.toString(0xE0041))).isEqualTo("\\u{e0041}");
    }

    @Test
    void messagesOfExceptionsAndTheirCausesAreHarmlessToo() {
        String log =
                logged(
                        "It failed",
                        new IllegalStateException(
                                "x\n2026-01-01 error forged", new Exception("\u001b[1m")));
        assertThat(log.lines().filter(l -> !l.startsWith("        at ")))
                .satisfiesExactly(
                        l -> assertThat(l).endsWith(" warn It failed"),
                        l ->
                                assertThat(l)
                                        .isEqualTo(
                                                "    java.lang.IllegalStateException:"
                                                        + " x\\n2026-01-01 error forged"),
                        l ->
                                assertThat(l)
                                        .isEqualTo(
                                                "    caused by java.lang.Exception:"
                                                        + " \\u001b[1m"));
    }

    @Test
    void aLongTextIsTruncated() {
        assertThat(LogText.escape("x".repeat(100_000)))
                .hasSizeLessThan(9_000)
                .endsWith("… (100000 characters)");
    }

    @ParameterizedTest
    @CsvSource({"SEVERE, error", "WARNING, warn", "INFO, info", "CONFIG, debug", "FINE, debug"})
    void aLineBeginsWithTheTimeAndTheLevel(String level, String name) {
        var log = new LogRecord(Level.parse(level), "{0} of {1}");
        log.setParameters(new Object[] {1, "\u001b2"});
        assertThat(new LogFormat().format(log))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} "
                                + name
                                + " 1 of \\\\u001b2\n");
    }

    @Test
    void exceptionsThatAreTheCausesOfEachOtherEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(logged("It failed", second).lines().filter(l -> l.contains("caused by")))
                .hasSizeBetween(1, 10);
    }

    @Test
    void aTextIsTruncatedAtItsLimitWithoutSplittingAPair() {
        assertThat(LogText.escape("x".repeat(8_000))).isEqualTo("x".repeat(8_000));
        assertThat(LogText.escape("x".repeat(7_999) + "😀y")).endsWith("x😀… (8002 characters)");
    }
}
