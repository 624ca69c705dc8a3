/// The native dialect (`PROTOCOL.md`).
package dev.oriel.dialect.sessions;
