package dev.oriel.client.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ClientException;
import dev.oriel.client.SessionInfo;
import dev.oriel.message.ErrorCode;
import dev.oriel.message.Json;
import dev.oriel.testing.manual.ManualClientLane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Requests are completed, refused, or time out, and each of them once.
class PendingRequestsTest {
    private final ManualClientLane lane = new ManualClientLane();
    private final PendingRequests<String> pending = new PendingRequests<>(lane);

    private static String code(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        return ((ClientException) failed.exceptionNow()).code();
    }

    @Test
    void theResponseCompletesAllRequestsAboutItsSession() {
        CompletableFuture<String> one = pending.add("a");
        CompletableFuture<String> two = pending.add("a");
        CompletableFuture<String> other = pending.add("b");
        pending.complete("a", "done");
        assertThat(one).isCompletedWithValue("done");
        assertThat(two).isCompletedWithValue("done");
        assertThat(other).isNotDone();
        assertThat(pending.has("a")).isFalse();
        assertThat(pending.has("b")).isTrue();
        assertThat(lane.timers()).as("only the timeout of the other").isEqualTo(1);
    }

    @Test
    void aRequestTimesOutAfterAMinuteAndNoOtherWithIt() {
        CompletableFuture<String> one = pending.add("a");
        lane.advance(Duration.ofSeconds(30));
        CompletableFuture<String> two = pending.add("a");
        lane.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(one).isNotDone();
        lane.advance(Duration.ofMillis(1));
        assertThat(code(one)).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(two).isNotDone();
        assertThat(pending.has("a")).isTrue();
        lane.advance(Duration.ofSeconds(30));
        assertThat(code(two)).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(pending.has("a")).isFalse();
    }

    @Test
    void aLateResponseChangesNothing() {
        CompletableFuture<String> one = pending.add("a");
        lane.advance(Duration.ofMinutes(1));
        pending.complete("a", "late");
        assertThat(code(one)).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void aLostConnectionFailsAllOfThem() {
        CompletableFuture<String> one = pending.add("a");
        CompletableFuture<String> two = pending.add("b");
        pending.failAll(new ClientException(ErrorCode.LINK_LOST, "The connection was lost."));
        assertThat(code(one)).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(code(two)).isEqualTo(ErrorCode.LINK_LOST);
        assertThat(lane.timers()).isZero();
    }

    @Test
    void aRefusalFailsCreationsAndDeletionsButNoInterrupt() {
        CompatRequests requests = new CompatRequests(lane);
        var creation = requests.addCreation("a");
        var deletion = requests.addDeletion("a");
        var interrupt = requests.addInterrupt("a");
        assertThat(requests.isChanging("a")).isTrue();
        assertThat(requests.isChanging("b")).isFalse();
        requests.onRejected("a", "No.");
        assertThat(code(creation)).isEqualTo(ErrorCode.REFUSED);
        assertThat(code(deletion)).isEqualTo(ErrorCode.REFUSED);
        assertThat(interrupt).isNotDone();
        assertThat(requests.isChanging("a")).isFalse();
        requests.onInterrupted("a");
        assertThat(interrupt).isCompletedWithValue(Json.object());
    }

    @Test
    void everyResponseCompletesRequestsOfItsKindOnly() {
        CompatRequests requests = new CompatRequests(lane);
        var creation = requests.addCreation("a");
        var deletion = requests.addDeletion("a");
        var interrupt = requests.addInterrupt("a");
        SessionInfo created = SessionInfo.fromJson(Json.object().put("id", "a"));
        requests.onCreated("a", created);
        assertThat(creation).isCompletedWithValue(created);
        assertThat(deletion).isNotDone();
        requests.onDeleted("a");
        assertThat(deletion).isCompletedWithValue(null);
        assertThat(interrupt).isNotDone();
        requests.failAll(new ClientException(ErrorCode.LINK_LOST, "The connection was lost."));
        assertThat(code(interrupt)).isEqualTo(ErrorCode.LINK_LOST);
    }
}
