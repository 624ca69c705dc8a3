/// Which control requests clients may send: one table, and who may send which.
package dev.oriel.session.control;
