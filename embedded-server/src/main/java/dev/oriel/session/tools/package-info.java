/// Tools that clients define and run: who has which, and the calls that wait for their answer.
package dev.oriel.session.tools;
