package dev.oriel.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// UUIDs as the 16 bytes that stand in the file.
final class Uuids {
    private Uuids() {}

    static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(16)
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

    static @Nullable UUID ofNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : of(bytes);
    }
}
