package dev.oriel.client.compat;

import static dev.oriel.client.compat.EffectSummary.frame;
import static dev.oriel.client.compat.EffectSummary.summarize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.link.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every frame and close code of section 3 of the wire facts.
class OneshotAdapterTest {
    private static final String TEXT =
            frame(
                    "{'type':'assistant','message':{'id':'m','content':[{'type':'text','text':'Zwölf"
                        + " Boxkämpfer'}]}}");
    private static final String RESULT = frame("{'type':'result','subtype':'success'}");

    private final OneshotAdapter tongue = new OneshotAdapter();

    @BeforeEach
    void connect() {
        tongue.onOpen("");
    }

    private List<String> heard(String... frames) {
        List<String> all = new ArrayList<>();
        for (String f : frames) {
            all.addAll(summarize(tongue.onFrame(f)));
        }
        return all;
    }

    private void asks() {
        assertThat(summarize(tongue.prompt(ProtocolAdapter.ONLY, "u", "hi")))
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
        assertThat(summarize(tongue.onClose(1000, ""))).containsExactly("result", "turnover");
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
        assertThat(summarize(tongue.onClose(1000, ""))).containsExactly("result", "turnover");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1000, ""))
                .isInstanceOf(DisconnectReason.Finished.class);

        tongue.onOpen("");
        asks();
        heard(frame("{'error':'no such '}"), frame("{'error':'flag'}"));
        assertThat(summarize(tongue.onClose(1011, "")))
                .containsExactly("failed no such flag", "turnover");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1011, ""))
                .isInstanceOf(DisconnectReason.Finished.class);

        tongue.onOpen("");
        asks();
        assertThat(summarize(tongue.onClose(1011, "Timeout")).getFirst()).contains("time");

        tongue.onOpen("");
        asks();
        heard(frame("{'error':'Invalid prompt'}"));
        assertThat(summarize(tongue.onClose(1008, "")))
                .containsExactly("failed Invalid prompt", "turnover");

        tongue.onOpen("");
        asks();
        heard(RESULT + "\n");
        assertThat(summarize(tongue.onClose(1011, ""))).containsExactly("turnover");

        tongue.onOpen("");
        asks();
        assertThat(summarize(tongue.onClose(1006, "")).getFirst()).startsWith("failed");
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1006, ""))
                .isInstanceOf(DisconnectReason.Lost.class);
    }

    @Test
    void aConnectionThatEndsBeforeAnyPromptIsLost() {
        assertThat(summarize(tongue.onClose(1000, ""))).isEmpty();
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1000, ""))
                .isInstanceOf(DisconnectReason.Lost.class);
        assertThat(tongue.ending(new DisconnectReason.Lost("x"), 1008, ""))
                .isInstanceOf(DisconnectReason.Refused.class);
    }

    @Test
    void stoppingIsHangingUp() {
        asks();
        assertThat(summarize(tongue.interrupt(ProtocolAdapter.ONLY)))
                .containsExactly("stopping", "interrupted", "hangup", "turnover");
        assertThat(summarize(tongue.interrupt(ProtocolAdapter.ONLY))).containsExactly("stopping");
    }
}
