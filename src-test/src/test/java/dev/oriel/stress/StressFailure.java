package dev.oriel.stress;

/// Something that must not be under any load was found.
final class StressFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StressFailure(String what) {
        super(what);
    }
}
