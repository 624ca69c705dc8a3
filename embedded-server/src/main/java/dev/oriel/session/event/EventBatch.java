package dev.oriel.session.event;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Events for all subscribers, in order. Each dialect encodes them once, not once per subscriber.
///
/// Confined to the lane.
public final class EventBatch {
    private final List<Delivery> deliveries;
    private @Nullable Object encoder;
    private @Nullable Object encoded;

    public EventBatch(List<Delivery> deliveries) {
        this.deliveries = List.copyOf(deliveries);
    }

    public List<Delivery> deliveries() {
        return deliveries;
    }

    /// The batch in a dialect's encoding. The result of the last encoder is kept for the next
    /// subscriber.
    @SuppressWarnings({
        "unchecked",
        "ReferenceEquality"
    }) // the kept result was made by the kept encoder
    public <T> T encode(Function<List<Delivery>, T> encoder) {
        Object known = encoded;
        if (known != null && this.encoder == encoder) {
            return (T) known;
        }
        T made = encoder.apply(deliveries);
        this.encoder = encoder;
        this.encoded = made;
        return made;
    }
}
