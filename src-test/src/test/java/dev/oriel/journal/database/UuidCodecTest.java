package dev.oriel.journal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The form of UUIDs in the journal's file.
class UuidCodecTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void aUuidIsItsSixteenBytesInOrder() {
        assertThat(HexFormat.of().formatHex(UuidCodec.encode(ID)))
                .isEqualTo("00112233445566778899aabbccddeeff");
        assertThat(UuidCodec.decode(UuidCodec.encode(ID))).isEqualTo(ID);
        assertThat(UuidCodec.encodeNullable(ID)).isEqualTo(UuidCodec.encode(ID));
        assertThat(UuidCodec.decodeOrNull(UuidCodec.encode(ID))).isEqualTo(ID);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(UuidCodec.encodeNullable(null)).isNull();
        assertThat(UuidCodec.decodeOrNull(null)).isNull();
    }

    @Test
    void bytesOfAnotherLengthAreNoUuid() {
        assertThat(UuidCodec.decodeOrNull(new byte[15])).isNull();
        assertThat(UuidCodec.decodeOrNull(new byte[17])).isNull();
    }
}
