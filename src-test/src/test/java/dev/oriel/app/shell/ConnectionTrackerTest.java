package dev.oriel.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.oriel.client.ConnectionStatus;
import dev.oriel.client.ConnectionStatus.Connecting;
import dev.oriel.client.ConnectionStatus.Live;
import dev.oriel.client.ConnectionStatus.Offline;
import dev.oriel.client.ConnectionStatus.Reason;
import org.junit.jupiter.api.Test;

class ConnectionTrackerTest {
    private static final Offline STOPPED = new Offline("You stopped it.", Reason.CLOSED);
    private static final ConnectionStatus LOST = new Offline("Lost.", Reason.LOST);

    private int changes;
    private final ConnectionTracker tracker = new ConnectionTracker(() -> changes++);

    @Test
    void theFeedCountsWhileNoSessionIsOpen() {
        tracker.setFeed(new Live());
        assertThat(tracker.current()).isEqualTo(new Live());
        tracker.openSession();
        assertThat(tracker.current()).isEqualTo(new Connecting());
        tracker.setSession(LOST);
        assertThat(tracker.current()).isEqualTo(LOST);
        tracker.closeSession();
        assertThat(tracker.current()).isEqualTo(new Live());
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void aStatusWithoutASessionIsIgnored() {
        tracker.setSession(LOST);
        assertThat(tracker.current()).isEqualTo(new Connecting());
        assertThat(changes).isZero();
    }

    @Test
    void theCauseOfAStopOutlivesWhatTheClosedConnectionReports() {
        tracker.openSession();
        tracker.setSession(new Live());
        tracker.setOffline(STOPPED);
        tracker.setSession(new Offline("Closed.", Reason.CLOSED));
        tracker.setSession(new Connecting());
        tracker.setSession(LOST);
        assertThat(tracker.current()).isEqualTo(STOPPED);
        tracker.setSession(new Live());
        assertThat(tracker.current()).isEqualTo(new Live());
    }
}
