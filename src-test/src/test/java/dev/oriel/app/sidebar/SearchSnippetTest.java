package dev.oriel.app.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The excerpt of a hit, with the found words between ⟨ and ⟩ here.
class SearchSnippetTest {
    private static String marked(String text) {
        return text.replace('⟨', '\u2068').replace('⟩', '\u2069');
    }

    private static String excerpt(String text) {
        return SearchSnippet.excerpt(marked(text)).replace('\u2068', '⟨').replace('\u2069', '⟩');
    }

    @Test
    void aShortTextIsShownWhole() {
        assertThat(excerpt("a ⟨bay⟩ window")).isEqualTo("a ⟨bay⟩ window");
        assertThat(excerpt("nothing marked")).isEqualTo("nothing marked");
    }

    @Test
    void theFoundWordIsNearTheStart() {
        assertThat(excerpt("It is carried by a bracket of stone or wood, and has a ⟨bay⟩ window"))
                .isEqualTo("…or wood, and has a ⟨bay⟩ window");
    }

    @Test
    void aLongTextIsCutAtItsEnd() {
        String cut = excerpt("⟨bay⟩ " + "window ".repeat(40));
        assertThat(cut).startsWith("⟨bay⟩ window").endsWith("…");
        assertThat(cut.length()).isLessThanOrEqualTo(110);
    }

    @Test
    void linesAndTheBordersOfTablesAreJoined() {
        assertThat(excerpt("one\n⟨two⟩")).isEqualTo("one ⟨two⟩");
        assertThat(excerpt("| a | ⟨b⟩ |\n|---|--:|\n| c | d |")).isEqualTo(" · a · ⟨b⟩ · c · d · ");
    }

    @Test
    void theFoundWordsAreListedOnce() {
        assertThat(SearchSnippet.words(marked("⟨Bay⟩ and ⟨window⟩, ⟨Bay⟩ ⟨ ⟩")))
                .containsExactly("Bay", "window");
        assertThat(SearchSnippet.words("nothing")).isEmpty();
        assertThat(SearchSnippet.words(marked("a ⟨word without an end")))
                .containsExactly("word without an end");
    }

    @Test
    void thePlainTextHasNoMarks() {
        assertThat(SearchSnippet.plain(marked("a ⟨bay⟩ ⟨window⟩"))).isEqualTo("a bay window");
    }
}
