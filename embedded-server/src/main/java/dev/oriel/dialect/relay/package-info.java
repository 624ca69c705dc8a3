/// The relay: one conversation that whoever is connected shares, with its configuration beside it
/// (system 001 of the protocol notes, section 2).
package dev.oriel.dialect.relay;
