package dev.oriel.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.dialect.UpgradeRequest.Login;
import dev.oriel.message.CloseCode;
import dev.oriel.testing.manual.ManualTimer;
import dev.oriel.testing.manual.RecordingPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginGateTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final String REFUSED = "closed 4003 wrong";
    private static final String RIGHT = "{\"type\":\"auth\",\"token\":\"secret\"}";

    private final ManualTimer timer = new ManualTimer();
    private final RecordingPeer peer = new RecordingPeer();
    private final List<String> received = new ArrayList<>();
    private int wrongTokens;

    private LoginGate gate(Login login) {
        TokenCheck tokens = "secret"::equals;
        var failed = new FailedLogins(timer, () -> 0, () -> wrongTokens++);
        var policy = new LoginPolicy(tokens, true, WITHIN, failed);
        return new LoginGate(
                login,
                peer,
                new LoginGate.Terms(tokens, timer, policy, CloseCode.NOT_AUTHORIZED, "wrong"),
                RecordingConnection::new);
    }

    @Test
    void aClientWithTheRightHeaderIsAdmittedBeforeItsFirstFrame() {
        LoginGate gate = gate(Login.ACCEPTED);
        assertThat(peer.events()).containsExactly("admitted");
        assertThat(gate.successor()).isInstanceOf(RecordingConnection.class);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void theLoginFrameIsNotPassedOnAndTheNextOneIs() {
        LoginGate gate = gate(Login.NONE);
        assertThat(gate.successor()).isSameAs(gate);
        gate.onText(RIGHT);
        assertThat(peer.events()).containsExactly("admitted");
        assertThat(received).isEmpty();
        gate.onText("next");
        gate.onBinary(3);
        gate.onClosed();
        assertThat(received).containsExactly("next", "binary 3", "closed");
    }

    @Test
    void theTokenMayStandInACredentialAsTheSdkSendsIt() {
        gate(Login.NONE)
                .onText(
                        "{\"type\":\"auth\",\"credential\":{\"type\":\"oauth\",\"token\":\"secret\"}}");
        assertThat(peer.events()).containsExactly("admitted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{\"type\":\"user\",\"token\":\"secret\"}",
                "{\"type\":\"auth\"}",
                "{\"token\":\"secret\"}"
            })
    void aFrameWithoutATokenIsRefusedAtOnceAndIsNoAttempt(String frame) {
        gate(Login.NONE).onText(frame);
        assertThat(peer.events()).containsExactly(REFUSED);
        assertThat(wrongTokens).isZero();
    }

    @Test
    void aWrongTokenIsCounted() {
        gate(Login.NONE).onText("{\"type\":\"auth\",\"token\":\"guess\"}");
        assertThat(peer.events()).containsExactly(REFUSED);
        assertThat(wrongTokens).isEqualTo(1);
    }

    @Test
    void aWrongHeaderIsRefusedAlthoughALaterFrameHasTheRightToken() {
        LoginGate gate = gate(Login.WRONG);
        gate.onText(RIGHT);
        assertThat(peer.events()).containsExactly(REFUSED);
        assertThat(wrongTokens).isEqualTo(1);
        assertThat(gate.successor()).isSameAs(gate);
    }

    @Test
    void afterARefusalTheRightTokenHasNoEffect() {
        LoginGate gate = gate(Login.NONE);
        gate.onBinary(1);
        gate.onText(RIGHT);
        gate.onBinary(1);
        assertThat(peer.events()).containsExactly(REFUSED);
    }

    /// A token of this length cannot be right, and comparing it would cost time.
    @Test
    void aFrameThatIsLongerThanAnyLoginIsRefused() {
        gate(Login.NONE).onText(RIGHT + " ".repeat(9_000));
        assertThat(peer.events()).containsExactly(REFUSED);
    }

    @Test
    void aClientThatDoesNotLogInInTimeIsDisconnected() {
        gate(Login.NONE);
        timer.advance(WITHIN.minusMillis(1));
        assertThat(peer.events()).isEmpty();
        timer.advance(Duration.ofMillis(1));
        assertThat(peer.events()).containsExactly("closed 4003 no login in time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"the right token|" + RIGHT, "a wrong frame|{}"})
    void theDeadlineEndsWithTheFirstFrame(String name, String frame) {
        LoginGate gate = gate(Login.NONE);
        gate.onText(frame);
        assertThat(timer.pending()).as(name).isZero();
    }

    @Test
    void theDeadlineEndsWithTheConnection() {
        gate(Login.NONE).onClosed();
        assertThat(timer.pending()).isZero();
        assertThat(received).isEmpty();
    }

    private final class RecordingConnection implements DialectConnection {
        @Override
        public void onText(String text) {
            received.add(text);
        }

        @Override
        public void onBinary(int bytes) {
            received.add("binary " + bytes);
        }

        @Override
        public void onClosed() {
            received.add("closed");
        }
    }
}
