/// The folders whose commands agents may run without asking.
package dev.oriel.session.trust;
