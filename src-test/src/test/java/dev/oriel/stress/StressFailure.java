package dev.oriel.stress;

/// A finding of a run: the server did what it must not do under any load.
final class StressFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StressFailure(String what) {
        super(what);
    }
}
