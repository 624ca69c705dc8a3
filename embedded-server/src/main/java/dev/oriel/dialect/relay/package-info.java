/// The relay: one conversation that whoever is connected shares, with its configuration beside it
/// (wire.md 2).
package dev.oriel.dialect.relay;
