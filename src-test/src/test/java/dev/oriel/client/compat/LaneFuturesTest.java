package dev.oriel.client.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.oriel.client.ClientException;
import dev.oriel.message.ErrorCode;
import dev.oriel.testing.manual.ManualClientLane;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneFuturesTest {
    private final ManualClientLane lane = new ManualClientLane();

    @Test
    void aCallRunsOnTheLaneAndCompletesAsItsOutcomeDoes() {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        CompletableFuture<String> result = LaneFutures.call(lane, () -> outcome);
        lane.runAll();
        assertThat(result).isNotDone();
        outcome.complete("done");
        assertThat(result).isCompletedWithValue("done");

        CompletableFuture<String> failed =
                LaneFutures.call(
                        lane, () -> CompletableFuture.failedFuture(CompatRequests.linkLost()));
        lane.runAll();
        assertThat(failed.exceptionNow()).isInstanceOf(ClientException.class);
    }

    @Test
    void aCallThatThrowsFailsAndTheLaneLogsTheException() {
        IllegalStateException bug = new IllegalStateException("bug");
        CompletableFuture<String> result =
                LaneFutures.call(
                        lane,
                        () -> {
                            throw bug;
                        });
        assertThatThrownBy(lane::runAll).isSameAs(bug);
        assertThat(result.exceptionNow()).isSameAs(bug);
    }

    @Test
    void aCallFailsAfterTheLaneWasClosed() {
        lane.close();
        CompletableFuture<String> result =
                LaneFutures.call(lane, () -> CompletableFuture.completedFuture("done"));
        lane.runAll();
        assertThat(result.exceptionNow())
                .isInstanceOfSatisfying(
                        ClientException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LINK_LOST));
    }
}
