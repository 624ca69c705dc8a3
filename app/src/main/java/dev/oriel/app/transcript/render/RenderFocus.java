package dev.oriel.app.transcript.render;

/// The item that the reader looks at or is about to be shown: it is rendered first, then those
/// beside it, nearest first.
///
/// @param index of the item
/// @param sought whether it is about to be shown, so that its surroundings are needed at once even
///   if other parts of the conversation are shown already
public record RenderFocus(int index, boolean sought) {
    /// The last one.
    static RenderFocus end(int items) {
        return new RenderFocus(items - 1, false);
    }

    /// The indices of all items, those nearest to the focus first: the focus, the one after it, the
    /// one before it, and so on.
    int[] order(int items) {
        int[] order = new int[items];
        int next = Math.clamp(index, 0, Math.max(0, items - 1));
        int before = next - 1;
        for (int i = 0; i < items; ) {
            if (next < items) {
                order[i++] = next++;
            }
            if (before >= 0) {
                order[i++] = before--;
            }
        }
        return order;
    }
}
