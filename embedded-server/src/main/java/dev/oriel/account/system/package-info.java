/// Keys in the key store of the operating system: the Secret Service of Linux desktops, the macOS
/// Keychain, the Windows Credential Manager. The only package that calls native functions.
@org.jspecify.annotations.NullMarked
package dev.oriel.account.system;
