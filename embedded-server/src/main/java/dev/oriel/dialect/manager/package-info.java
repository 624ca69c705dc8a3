/// The dialect of the manager system: many sessions on one socket, let in by a key file (protocols:
/// section 5).
package dev.oriel.dialect.manager;
