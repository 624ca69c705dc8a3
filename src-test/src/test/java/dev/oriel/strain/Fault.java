package dev.oriel.strain;

/// Something that must not be under any load was found.
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fault(String what) {
        super(what);
    }
}
