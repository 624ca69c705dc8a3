/// The manager dialect: many sessions on one socket, for clients with a key of their own (wire.md
/// 5).
package dev.oriel.dialect.manager;
