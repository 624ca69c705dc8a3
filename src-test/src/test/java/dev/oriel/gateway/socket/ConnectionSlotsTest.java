package dev.oriel.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/// Who must go where there are too many. FAULTS.md, number 31.
class ConnectionSlotsTest {
    private final ConnectionSlots places = new ConnectionSlots(2, 4);

    private static final class Someone implements ConnectionSlots.SlotHolder {
        private final InetAddress address;
        private long acceptedAt;
        private boolean answered;

        Someone(int host) {
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
            return answered;
        }
    }

    private Someone arrive(int host) {
        Someone someone = come(host);
        assertThat(places.findSurplus(someone)).isNull();
        return someone;
    }

    private Someone come(int host) {
        var someone = new Someone(host);
        places.add(someone);
        return someone;
    }

    @Test
    void theOldestIsClosedForTheNext() {
        Someone first = arrive(1);
        arrive(1);
        arrive(1);
        arrive(1);
        assertThat(places.findSurplus(come(1))).isSameAs(first);
    }

    /// Clients that come all at once are accepted before they have shown anything.
    @Test
    void theNextWaitsWhereAllHaveJustConnected() {
        arrive(1).acceptedAt = 1_000;
        arrive(2);
        arrive(1);
        assertThat(places.hasRoom(0)).isTrue();
        Someone last = arrive(1);
        assertThat(places.hasRoom(1_000 + ConnectionSlots.GRACE_NANOS - 1)).isFalse();
        assertThat(places.hasRoom(1_000 + ConnectionSlots.GRACE_NANOS)).isTrue();
        assertThat(places.admit(last)).isTrue();
        assertThat(places.hasRoom(1_000)).isTrue();
    }

    @Test
    void theAddressWithTheMostConnectionsLosesOne() {
        arrive(1);
        Someone many = arrive(2);
        arrive(2);
        arrive(2);
        assertThat(places.findSurplus(come(3))).isSameAs(many);
    }

    @Test
    void aConnectionThatIsBeingRepliedToStays() {
        arrive(1).answered = true;
        Someone second = arrive(1);
        arrive(1);
        arrive(1);
        assertThat(places.findSurplus(come(1))).isSameAs(second);
    }

    /// Else strangers could keep clients out by asking what is answered slowly.
    @Test
    void theOldestIsClosedIfAllAreBeingRepliedTo() {
        Someone oldest = arrive(1);
        oldest.answered = true;
        arrive(1).answered = true;
        arrive(1).answered = true;
        arrive(1).answered = true;
        assertThat(places.findSurplus(come(1))).isSameAs(oldest);
    }

    @Test
    void authenticatedConnectionsHaveTheirOwnSlots() {
        Someone a = arrive(1);
        Someone b = arrive(1);
        Someone c = arrive(1);
        assertThat(places.admit(a)).isTrue();
        assertThat(places.admit(a)).isTrue();
        assertThat(places.admit(b)).isTrue();
        assertThat(places.admit(c)).isFalse();
        places.remove(a);
        assertThat(places.admit(c)).isTrue();
        assertThat(places.count()).isEqualTo(2);
    }

    @Test
    void aRemovedConnectionIsNotAdmitted() {
        Someone gone = arrive(1);
        places.remove(gone);
        assertThat(places.admit(gone)).isFalse();
        assertThat(places.count()).isZero();
    }
}
