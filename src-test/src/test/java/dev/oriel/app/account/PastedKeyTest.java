package dev.oriel.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-api03-abc",
                "  sk-ant-api03-abc \r\n",
                "sk-ant-\n  api03-abc",
                "\"sk-ant-api03-abc\"",
                "“sk-ant-api03-abc”",
                "export ANTHROPIC_API_KEY=sk-ant-api03-abc",
                "ANTHROPIC_AUTH_TOKEN = 'sk-ant-api03-abc';",
                "$env:ANTHROPIC_API_KEY=\"sk-ant-api03-abc\"",
                "x-api-key: sk-ant-api03-abc",
                "Authorization: Bearer sk-ant-api03-abc",
                "\u200bsk-ant-api03-abc\ufeff\u00a0",
            })
    void theKeyAloneIsLeft(String pasted) {
        String key = PastedKey.clean(pasted);
        assertThat(key).isEqualTo("sk-ant-api03-abc");
        assertThat(PastedKey.problem(key)).isEmpty();
    }

    @Test
    void quotesBeforeASemicolonAreRemoved() {
        assertThat(PastedKey.clean("KEY='abc';")).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-…",
                "ключ",
                "https://example.org",
                "********",
                "sk-ant-api03-...XyZ"
            })
    void whatCannotBeAKeyIsSaidBeforeItIsSent(String pasted) {
        assertThat(PastedKey.problem(PastedKey.clean(pasted))).isNotEmpty();
    }

    @Test
    void aKeyHasABoundedLength() {
        assertThat(PastedKey.problem("a".repeat(10_000))).contains("too long");
    }
}
