package dev.oriel.app.transcript.markdown;

/// A text that becomes longer, for what refers to it. Equal only to itself. Belongs to the JavaFX
/// thread.
final class GrowingText implements CharSequence {
    private String text = "";

    void set(String longer) {
        text = longer;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
