package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/// Which connection is closed if there are too many. FAULTS.md, number 31.
class ConnectionSlotsTest {
    private final ConnectionSlots slots = new ConnectionSlots(2, 4);

    private static final class FakeConnection implements ConnectionSlots.SlotHolder {
        private final InetAddress address;
        private long acceptedAt;
        private boolean replying;

        FakeConnection(int host) {
            try {
                address = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public InetAddress address() {
            return address;
        }

        @Override
        public long acceptedAt() {
            return acceptedAt;
        }

        @Override
        public boolean isReplying() {
            return replying;
        }
    }

    private FakeConnection connect(int host) {
        FakeConnection connection = accept(host);
        assertThat(slots.findSurplus(connection)).isNull();
        return connection;
    }

    private FakeConnection accept(int host) {
        var connection = new FakeConnection(host);
        slots.add(connection);
        return connection;
    }

    @Test
    void theOldestIsClosedForTheNext() {
        FakeConnection first = connect(1);
        connect(1);
        connect(1);
        connect(1);
        assertThat(slots.findSurplus(accept(1))).isSameAs(first);
    }

    /// Clients that connect at the same time are accepted before they have sent anything.
    @Test
    void theNextWaitsWhereAllHaveJustConnected() {
        connect(1).acceptedAt = 1_000;
        connect(2);
        connect(1);
        assertThat(slots.hasRoom(0)).isTrue();
        FakeConnection last = connect(1);
        assertThat(slots.hasRoom(1_000 + ConnectionSlots.GRACE_NANOS - 1)).isFalse();
        assertThat(slots.hasRoom(1_000 + ConnectionSlots.GRACE_NANOS)).isTrue();
        assertThat(slots.admit(last)).isTrue();
        assertThat(slots.hasRoom(1_000)).isTrue();
    }

    @Test
    void theAddressWithTheMostConnectionsLosesOne() {
        connect(1);
        FakeConnection many = connect(2);
        connect(2);
        connect(2);
        assertThat(slots.findSurplus(accept(3))).isSameAs(many);
    }

    @Test
    void aConnectionThatIsBeingRepliedToStays() {
        connect(1).replying = true;
        FakeConnection second = connect(1);
        connect(1);
        connect(1);
        assertThat(slots.findSurplus(accept(1))).isSameAs(second);
    }

    /// Otherwise unauthenticated clients could keep others out with requests whose replies take
    /// long.
    @Test
    void theOldestIsClosedIfAllAreBeingRepliedTo() {
        FakeConnection oldest = connect(1);
        oldest.replying = true;
        connect(1).replying = true;
        connect(1).replying = true;
        connect(1).replying = true;
        assertThat(slots.findSurplus(accept(1))).isSameAs(oldest);
    }

    @Test
    void authenticatedConnectionsHaveTheirOwnSlots() {
        FakeConnection a = connect(1);
        FakeConnection b = connect(1);
        FakeConnection c = connect(1);
        assertThat(slots.admit(a)).isTrue();
        assertThat(slots.admit(a)).isTrue();
        assertThat(slots.admit(b)).isTrue();
        assertThat(slots.admit(c)).isFalse();
        slots.remove(a);
        assertThat(slots.admit(c)).isTrue();
        assertThat(slots.count()).isEqualTo(2);
    }

    @Test
    void aRemovedConnectionIsNotAdmitted() {
        FakeConnection gone = connect(1);
        slots.remove(gone);
        assertThat(slots.admit(gone)).isFalse();
        assertThat(slots.count()).isZero();
    }
}
