/// The native dialect: `PROTOCOL.md` in code.
package dev.oriel.dialect.sessions;
