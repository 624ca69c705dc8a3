/// What clients may ask of a session: one table of control requests, and who may send which.
package dev.oriel.session.control;
