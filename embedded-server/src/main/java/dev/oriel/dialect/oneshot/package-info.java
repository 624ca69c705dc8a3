/// The oneshot dialect: one prompt for each connection. The client receives the lines of the CLI,
/// then the connection is closed (wire.md 3).
package dev.oriel.dialect.oneshot;
