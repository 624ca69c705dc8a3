/// Values and listeners that dialects exchange with sessions: states, settings, limits, errors.
package dev.oriel.session.api;
