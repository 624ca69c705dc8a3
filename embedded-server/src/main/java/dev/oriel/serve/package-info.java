/// The command line: `oriel-server`.
package dev.oriel.serve;
