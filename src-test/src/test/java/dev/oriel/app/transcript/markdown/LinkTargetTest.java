package dev.oriel.app.transcript.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.app.transcript.document.ClickAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://bank.com/x | https://evil.net/y | evil.net",
                "here | https://www.раypal.com/login | www.xn--ypal-43d9g.com",
                "https://google.com@evil.net/ | https://google.com@evil.net/ | evil.net",
                "here | https://user:secret@evil.net:8080/x | evil.net",
                "⟨U+202E⟩moc.elgoog | https://evil.net | evil.net",
                "https://bank.com | https://under_score.evil.net/x | under_score.evil.net",
                "https://bank.com | mailto:a@evil.net | mailto:a@evil.net",
                "https://bank.com | bank/login.html | the file bank/login.html",
            })
    void whereASuspiciousLinkLeadsIsShown(String text, String url, String target) {
        assertThat(LinkTarget.warning(text, url)).isEqualTo(" (leads to " + target + ")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the bank | https://bank.com",
                "https://bank.com | https://www.bank.com/login",
                "Main.java | https://github.com/x/Main.java",
                "Main.java | src/Main.java",
                "a@example.org | mailto:a@example.org",
                "below | #below",
                "שלום | https://example.org",
            })
    void anHonestLinkHasNoRemark(String text, String url) {
        assertThat(LinkTarget.warning(text, url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/hosts",
                "//evil.net/share",
                "https://a b",
                "https://exa\u202Emple.org",
                ""
            })
    void whatMustNotBeOpenedIsNoLinkAndStaysReadable(String url) {
        assertThat(LinkTarget.action(url)).isNull();
        String warning = LinkTarget.warning("click", url);
        assertThat(warning.isEmpty()).isEqualTo(url.isEmpty());
        assertThat(warning).doesNotContain("\u202E");
    }

    @ParameterizedTest
    @CsvSource({
        "src/Main.java, src/Main.java",
        "src/Main.java#L12-L20, src/Main.java",
        "src/Main.java:12, src/Main.java",
        "Main.java:12:3, Main.java",
        "/etc/hosts, /etc/hosts",
        "./a%20b.txt, ./a b.txt",
        "C:/proj/a.txt, C:/proj/a.txt",
    })
    void aPathOpensItsFile(String url, String path) {
        assertThat(LinkTarget.action(url)).isEqualTo(new ClickAction.OpenFile(path));
    }

    @Test
    void aLongAddressIsCut() {
        assertThat(LinkTarget.warning("x", "javascript:" + "a".repeat(5_000))).hasSizeLessThan(120);
    }
}
