package dev.oriel.journal.database;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Encodes UUIDs as 16 bytes.
public final class UuidCodec {
    private static final int BYTES = 16;

    private UuidCodec() {}

    public static byte[] encode(UUID uuid) {
        return ByteBuffer.allocate(BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    public static byte @Nullable [] encodeNullable(@Nullable UUID uuid) {
        return uuid == null ? null : encode(uuid);
    }

    public static UUID decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /// @return null if the bytes are null or no UUID
    public static @Nullable UUID decodeOrNull(byte @Nullable [] bytes) {
        return bytes == null || bytes.length != BYTES ? null : decode(bytes);
    }
}
