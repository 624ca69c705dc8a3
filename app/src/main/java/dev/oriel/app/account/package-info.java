/// Accounts of the Messages API in the window: view-models without controls. [FirstRunViewModel] is
/// the page of a user who has no agent yet.
@NullMarked
package dev.oriel.app.account;

import org.jspecify.annotations.NullMarked;
