package dev.oriel.session.event;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What goes to all subscribers at once, in order. Each dialect encodes it once, not once per
/// subscriber.
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

    /// The batch as an encoder makes it; the last encoder's work is kept for the next subscriber of
    /// the same dialect.
    @SuppressWarnings({
        "unchecked",
        "ReferenceEquality"
    }) // what is kept under an encoder was made by it
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
