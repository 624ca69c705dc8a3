/// Tools that clients define and run, and the calls that wait for their output.
package dev.oriel.session.tools;
