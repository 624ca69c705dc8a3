#!/usr/bin/env python3
"""Checks whether a tag may be released: pom, tag, AppStream metainfo and changelog must have the same version.

Usage: preconditions.py TAG [--changes]        (--changes prints the changelog's section)
"""
import os
import re
import sys
import xml.etree.ElementTree as tree

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')


def fail(text):
    print(text, file=sys.stderr)
    sys.exit(1)


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()


def main(tag, changes=False):
    if not re.fullmatch(r'v\d+\.\d+\.\d+', tag):
        fail('the tag must be vX.Y.Z, and is ' + tag)
    version = tag[1:]
    pom = tree.fromstring(read('pom.xml')).findtext('{http://maven.apache.org/POM/4.0.0}version')
    if pom != version:
        fail('the pom says %s, the tag %s' % (pom, version))
    newest = tree.fromstring(read('packaging/linux/oriel.metainfo.xml')).find('releases/release').get('version')
    if newest != version:
        fail('the metainfo says %s, the tag %s' % (newest, version))
    section = re.search(r'^## \[?%s\]?[^\n]*\n(.*?)(?=^## |\Z)' % re.escape(version), read('CHANGELOG.md'), re.M | re.S)
    if not section or not section.group(1).strip():
        fail('the changelog has no section for ' + version)
    print(section.group(1).strip() if changes else 'ready: ' + version)


if __name__ == '__main__':
    main(sys.argv[1], '--changes' in sys.argv)
