/// The relay dialect: one conversation that successive clients share, with a configuration (wire.md
/// 2).
package dev.oriel.dialect.relay;
