/// Listens, upgrades, authenticates, limits; knows no dialect's frames. The only importer of the
/// WebSocket library.
package dev.oriel.gateway;
