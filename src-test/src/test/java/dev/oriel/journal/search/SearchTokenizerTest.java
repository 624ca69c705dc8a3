package dev.oriel.journal.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How texts and queries are split into words. `_` stands for a zero-width space.
class SearchTokenizerTest {
    private static String indexed(String text) {
        return SearchTokenizer.insertBreaks(text).replace('\u200b', '_');
    }

    private static String expression(String query) {
        return SearchTokenizer.toMatchExpression(query).orElse("none").replace('\u200b', '_');
    }

    @ParameterizedTest
    @CsvSource({
        "plain text, plain text",
        "Grüße, Grüße",
        "a日本b, a_日_本b",
        "한글, _한_글",
        "ไทย, _ไ_ท_ย",
        "𠮷野, _𠮷_野",
        "日。本, _日。_本",
        "🙂x, 🙂x",
    })
    void charactersOfScriptsWithoutSpacesBecomeWords(String text, String words) {
        assertThat(indexed(text)).isEqualTo(words);
        assertThat(SearchTokenizer.removeBreaks(SearchTokenizer.insertBreaks(text)))
                .isEqualTo(text);
    }

    @Test
    void charactersThatMarkSnippetsAreDropped() {
        assertThat(indexed("a\u2068b\u2069c\u200bd\u0000e")).isEqualTo("abcde");
        assertThat(indexed("日\u2068本")).isEqualTo("_日_本");
    }

    @Test
    void aTextWithoutThemIsNotCopied() {
        String text = "no such character";
        assertThat(SearchTokenizer.insertBreaks(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "word|\"word\"*",
                "two words|\"two\" \"words\"*",
                "`two words `|\"two\" \"words\"",
                "word.|\"word\"",
                "a \"b\" OR c*|\"a\" \"b\" \"OR\" \"c\"",
                "foo-bar_baz|\"foo\" \"bar\" \"baz\"*",
                "日本|\"_日_本\"*",
                "x1 ½|\"x1\" \"½\"*",
                "e\u0301|\"e\u0301\"*",
            })
    void everyWordIsQuotedAndTheLastIsAPrefixWhileItIsTyped(String query, String expression) {
        assertThat(expression(query)).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"", "* - .", "🙂", "\u200b"})
    void aQueryWithoutAWordFindsNothing(String query) {
        assertThat(SearchTokenizer.toMatchExpression(query)).isEmpty();
    }

    @Test
    void furtherWordsOfALongQueryAreIgnored() {
        String query = String.join(" ", Collections.nCopies(23, "a")) + " b c";
        assertThat(expression(query)).endsWith("\"a\" \"b\"").doesNotContain("c");
        assertThat(expression(query).split(" ")).hasSize(24);
    }

    @Test
    void aLongWordIsTruncated() {
        assertThat(expression("x".repeat(200))).isEqualTo("\"" + "x".repeat(128) + "\"*");
    }
}
