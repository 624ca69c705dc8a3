"""Adds up the test reports of Surefire and fails if a test was skipped although this machine has what it needs.

Usage: check-reports.py FOLDER

A test says in its message what it lacks. A skip is accepted only if its message is listed here and the means is
missing; so a message that nobody has listed fails too.
"""

import glob
import os
import re
import shutil
import sys
import xml.etree.ElementTree as xml

environment = os.environ
proxies = [name for name in environment if name.lower().endswith('s_proxy')]

# Message of the skip, and whether this machine has the means to run the test.
MEANS = [
    (r'\(this one is ', False),  # needs another version of the CLI than the one that is pinned
    (r'claude CLI|ORIEL_TEST_CLAUDE', os.access(environment.get('ORIEL_TEST_CLAUDE', ''), os.X_OK)),
    (r'DISPLAY', 'DISPLAY' in environment),
    (r'xdotool', shutil.which('xdotool') is not None),
    (r'there is no git', shutil.which('git') is not None),
    (r'no node', shutil.which('node') is not None and 'NODE_PATH' in environment),
    (r'no python3', shutil.which('python3') is not None),
    (r'no chromium', os.path.exists('/usr/bin/chromium')),
    (r'font for emoji', shutil.which('npm') is not None),
    (r'mount a small disk', hasattr(os, 'geteuid') and os.geteuid() == 0),
    (r'is not built|app/target/modules', True),
    (r'/proc|file names are not bytes', os.path.isdir('/proc/self/fd')),
    (r'names a proxy', not proxies),
    (r'ignore SIGINT', False),  # depends on how this run was started
    (r'port \d+ of this computer is taken', False),
    (r'operating system', False),
]


def has_means(message):
    return next((means for pattern, means in MEANS if re.search(pattern, message)), True)


def message(skip):
    """The attribute, or for a failed assumption the first line of the stack trace."""
    return skip.get('message') or (skip.text or '').strip().split('\n')[0]


def main(folder):
    tests = failed = skipped = 0
    wrong = []
    for report in glob.glob(os.path.join(folder, 'TEST-*.xml')):
        suite = xml.parse(report).getroot()
        tests += int(suite.get('tests'))
        skipped += int(suite.get('skipped'))
        failed += int(suite.get('failures')) + int(suite.get('errors'))
        for case in suite.iter('testcase'):
            skip = case.find('skipped')
            if skip is not None and has_means(message(skip)):
                wrong.append(f"{case.get('classname')}.{case.get('name')}: {message(skip)}")
    for each in wrong:
        print('Skipped although this machine has the means:', each)
    print(f'{tests - failed - skipped} passed, {failed} failed, {skipped} skipped')
    return 1 if wrong or tests == 0 else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
