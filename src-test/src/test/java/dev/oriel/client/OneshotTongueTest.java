package dev.oriel.client;

import static dev.oriel.client.Tongues.frame;
import static dev.oriel.client.Tongues.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every frame and close code of section 3 of the wire facts.
class OneshotTongueTest {
    private static final String TEXT =
            frame(
                    "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Zwölf"
                        + " Boxkämpfer'}]}}");
    private static final String RESULT = frame("{'type':'result','subtype':'success'}");

    private final OneshotTongue tongue = new OneshotTongue();

    @BeforeEach
    void connect() {
        tongue.opened("");
    }

    private List<String> heard(String... frames) {
        List<String> all = new ArrayList<>();
        for (String f : frames) {
            all.addAll(words(tongue.heard(f)));
        }
        return all;
    }

    private void asks() {
        assertThat(words(tongue.prompt(Tongue.ONLY, "u", "hi")))
                .containsExactly("> {\"prompt\":\"hi\"}", "system status");
    }

    @Test
    void eitherFirstFrameLetsUsIn() {
        assertThat(heard(frame("{'info':'send {prompt,meta}'}"))).containsExactly("admitted");
        assertThat(heard(frame("{'type':'connection_status','status':'connected'}")))
                .containsExactly("admitted");
    }

    @Test
    void linesAreWholeHoweverTheyWereCut() {
        asks();
        String all = TEXT + "\n" + RESULT + "\n";
        for (int cut = 1; cut < all.length(); cut++) {
            assertThat(heard(all.substring(0, cut), all.substring(cut)))
                    .containsExactly("text Zwölf Boxkämpfer", "result");
        }
        List<String> letters = all.chars().mapToObj(c -> String.valueOf((char) c)).toList();
        assertThat(heard(letters.toArray(String[]::new)))
                .containsExactly("text Zwölf Boxkämpfer", "result");
    }

    @Test
    void theServersOwnFramesStandBetweenPiecesOfALine() {
        asks();
        assertThat(
                        heard(
                                TEXT.substring(0, 20),
                                frame("{'error':'warning on stderr'}"),
                                TEXT.substring(20) + "\n"))
                .containsExactly("text Zwölf Boxkämpfer");
    }

    @Test
    void aLastLineNeedsNoBreak() {
        asks();
        heard(TEXT + "\n" + RESULT.substring(0, 5));
        heard(RESULT.substring(5));
        assertThat(words(tongue.closed(1000, ""))).containsExactly("result", "turnover");
    }

    @Test
    void theOldFormatAndTheEchoAreUnderstood() {
        asks();
        assertThat(heard(frame("{'type':'user_echo','content':'Received: hi'}"))).isEmpty();
        assertThat(
                        heard(
                                frame(
                                        "{'type':'message','id':'m','role':'assistant','content':"
                                                + "[{'type':'text','text':'Old'}]}")))
                .containsExactly("text Old");
        assertThat(heard("plain words\n")).containsExactly("system informational");
        assertThat(heard(frame("{'no':'type'}"))).allMatch(w -> w.startsWith("ignored"));
    }

    @Test
    void theCloseCodeSaysHowItWent() {
        asks();
        assertThat(words(tongue.closed(1000, ""))).containsExactly("result", "turnover");
        assertThat(tongue.ending(new Ending.Lost("x"), 1000, ""))
                .isInstanceOf(Ending.Finished.class);

        tongue.opened("");
        asks();
        heard(frame("{'error':'no such '}"), frame("{'error':'flag'}"));
        assertThat(words(tongue.closed(1011, "")))
                .containsExactly("failed no such flag", "turnover");
        assertThat(tongue.ending(new Ending.Lost("x"), 1011, ""))
                .isInstanceOf(Ending.Finished.class);

        tongue.opened("");
        asks();
        assertThat(words(tongue.closed(1011, "Timeout")).getFirst()).contains("time");

        tongue.opened("");
        asks();
        heard(frame("{'error':'Invalid prompt'}"));
        assertThat(words(tongue.closed(1008, "")))
                .containsExactly("failed Invalid prompt", "turnover");

        tongue.opened("");
        asks();
        heard(RESULT + "\n");
        assertThat(words(tongue.closed(1011, ""))).containsExactly("turnover");

        tongue.opened("");
        asks();
        assertThat(words(tongue.closed(1006, "")).getFirst()).startsWith("failed");
        assertThat(tongue.ending(new Ending.Lost("x"), 1006, "")).isInstanceOf(Ending.Lost.class);
    }

    @Test
    void aConnectionThatEndsBeforeAnyPromptIsLost() {
        assertThat(words(tongue.closed(1000, ""))).isEmpty();
        assertThat(tongue.ending(new Ending.Lost("x"), 1000, "")).isInstanceOf(Ending.Lost.class);
        assertThat(tongue.ending(new Ending.Lost("x"), 1008, ""))
                .isInstanceOf(Ending.Refused.class);
    }

    @Test
    void stoppingIsHangingUp() {
        asks();
        assertThat(words(tongue.interrupt(Tongue.ONLY)))
                .containsExactly("stopping", "interrupted", "hangup", "turnover");
        assertThat(words(tongue.interrupt(Tongue.ONLY))).containsExactly("stopping");
    }
}
