#!/usr/bin/env python3
"""Signs and notarises the packages with keys from the environment. Prints what it skips without keys.

Usage: sign.py FOLDER_OF_PACKAGES

macOS: jpackage has signed (ORIEL_MAC_SIGNING_KEY_USER_NAME); ORIEL_MAC_NOTARY_PROFILE names a profile that
`xcrun notarytool store-credentials` has stored. Windows: ORIEL_WINDOWS_CERTIFICATE_THUMBPRINT of a certificate in the
store.
"""
import glob
import os
import subprocess
import sys


def wanted(name):
    value = os.environ.get(name, '').strip()
    if not value:
        print('skipped: %s is not set; the packages are not signed with it' % name)
    return value


def main(folder):
    if sys.platform == 'darwin':
        profile = wanted('ORIEL_MAC_NOTARY_PROFILE')
        for package in glob.glob(folder + '/*.dmg') + glob.glob(folder + '/*.pkg') if profile else []:
            subprocess.run(['xcrun', 'notarytool', 'submit', '--wait', '--keychain-profile', profile, package],
                           check=True)
            subprocess.run(['xcrun', 'stapler', 'staple', package], check=True)
    elif sys.platform == 'win32':
        print_ = wanted('ORIEL_WINDOWS_CERTIFICATE_THUMBPRINT')
        for package in glob.glob(folder + '/*.msi') if print_ else []:
            subprocess.run(['signtool', 'sign', '/sha1', print_, '/fd', 'SHA256',
                            '/tr', 'http://timestamp.digicert.com', '/td', 'SHA256', package], check=True)
    else:
        print('skipped: Linux packages are signed where they are published, by the repository')


if __name__ == '__main__':
    main(sys.argv[1])
