package dev.oriel.agent.api.tool.search;

/// A text that a regular expression reads. Some expressions take exponential time: reading stops
/// when the search's time is over.
final class WatchedText implements CharSequence {
    private static final int CHECK_EVERY = 1 << 16;

    private final String text;
    private final HitLimits limits;
    private int reads;

    WatchedText(String text, HitLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    @Override
    public char charAt(int index) {
        if (++reads == CHECK_EVERY) {
            reads = 0;
            limits.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
