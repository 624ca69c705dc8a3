package dev.oriel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OriginConverterTest {
    private final OriginConverter converter = new OriginConverter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "http://localhost:5173",
                "http://[::1]:8080",
                "chrome-extension://abcdef",
                "null"
            })
    void anOriginAsBrowsersSendItIsNotChanged(String origin) {
        assertThat(converter.convert(origin)).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example:443,https://app.example",
        "http://app.example:80,http://app.example",
        "http://app.example:443,http://app.example:443",
        "HTTPS://App.Example,https://app.example"
    })
    void theDefaultPortAndUpperCaseAreNormalised(String typed, String origin) {
        assertThat(converter.convert(typed)).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example",
                "localhost:5173",
                "*",
                "https://*.example",
                "https://app.example/",
                "https://app.example/page",
                "https://me@app.example"
            })
    void whatNoBrowserSendsIsRejected(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is no origin such as https://app.example");
    }

    @Test
    void theCommandLineUsesIt() {
        assertThat(OrielServer.run("serve", "--cors-origin", "app.example")).isEqualTo(2);
    }
}
