package dev.oriel.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.message.CloseCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisconnectReasonTest {
    @ParameterizedTest
    @CsvSource({
        "1000, Lost",
        "1001, Lost",
        "1009, TooLarge",
        "1011, Lost",
        "1013, Lost",
        "4001, NotFound",
        "4003, Refused",
        "4008, Lost",
        "4009, Lost",
    })
    void closeCodesHaveTheMeaningOfTheNativeWire(int code, String reason) {
        assertThat(DisconnectReason.fromCloseCode(code).getClass().getSimpleName())
                .isEqualTo(reason);
    }

    @Test
    void anUnknownCloseCodeIsNamed() {
        assertThat(DisconnectReason.fromCloseCode(4321).description())
                .isEqualTo("The connection was closed (4321).");
        assertThat(DisconnectReason.fromCloseCode(CloseCode.GOING_AWAY).description())
                .isEqualTo("The server went down.");
    }

    @Test
    void failuresAreSentencesForTheUser() {
        assertThat(attempt(new ConnectException())).isEqualTo("No server answers at this address.");
        assertThat(attempt(new UnresolvedAddressException()))
                .isEqualTo("No computer has this name.");
        assertThat(attempt(new HttpTimeoutException("")))
                .isEqualTo("The server did not answer in time.");
        assertThat(attempt(new IOException("x")))
                .isEqualTo("The server closed the connection before it had answered.");
        assertThat(DisconnectReason.fromFailure(new IOException("x")).description())
                .isEqualTo("The connection was lost.");
    }

    private static String attempt(Exception cause) {
        return DisconnectReason.fromFailedAttempt(new CompletionException(cause)).description();
    }

    @Test
    void anotherAttemptDoesNotHelpAgainstACertificate() {
        assertThat(DisconnectReason.fromFailure(new SSLHandshakeException("PKIX path")))
                .isInstanceOf(DisconnectReason.Refused.class);
        assertThat(attempt(new SSLHandshakeException("bad_certificate")))
                .isEqualTo("The server requires a client certificate that it knows.");
        assertThat(attempt(new SSLHandshakeException("odd")))
                .isEqualTo("No secure connection is possible: odd");
    }
}
