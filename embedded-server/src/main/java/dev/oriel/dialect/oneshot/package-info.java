/// One prompt for each connection: what the agent answers comes as the lines of a CLI, then the
/// connection ends (system 002 of the protocol notes, section 3).
package dev.oriel.dialect.oneshot;
