package dev.oriel.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// UUIDs as the 16 bytes that stand in the file.
final class Uuids {
    private static final int BYTES = 16;

    private Uuids() {}

    static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    static byte @Nullable [] bytesOrNull(@Nullable UUID uuid) {
        return uuid == null ? null : bytes(uuid);
    }

    static UUID of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /// @return null for null, and for what is no uuid
    static @Nullable UUID ofNullable(byte @Nullable [] bytes) {
        return bytes == null || bytes.length != BYTES ? null : of(bytes);
    }
}
