#!/usr/bin/env python3
"""Installs the .deb as a user would, uses it, upgrades it, removes it, and checks what remains.

Usage: check-linux.py FOLDER_OF_PACKAGES        (as root, on Debian or Ubuntu, with $DISPLAY)

Everything runs in a temporary home; the user's own is not used. Exits with 1 at the first failure.
"""
import glob
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

SECONDS = 60


def report(text):
    print('* ' + text, flush=True)


def fail(text):
    print('WRONG: ' + text, flush=True)
    sys.exit(1)


def run(*line, **more):
    done = subprocess.run(line, capture_output=True, text=True, stdin=subprocess.DEVNULL, **more)
    if done.returncode != 0:
        fail('%s ended with %d: %s%s' % (shlex.join(line), done.returncode, done.stdout[-2000:], done.stderr[-2000:]))
    return done.stdout


def one(folder, pattern):
    found = glob.glob(os.path.join(folder, pattern))
    if len(found) != 1:
        fail('%d files %s in %s' % (len(found), pattern, folder))
    return found[0]


def older(deb, work):
    """Builds the same package with a lower version, from which to upgrade."""
    tree = os.path.join(work, 'older')
    run('dpkg-deb', '-R', deb, tree)
    control = os.path.join(tree, 'DEBIAN', 'control')
    lines = open(control).read().splitlines()
    open(control, 'w').write('\n'.join('Version: 0.0.1' if l.startswith('Version:') else l for l in lines) + '\n')
    made = os.path.join(work, 'older.deb')
    run('dpkg-deb', '--root-owner-group', '-Znone', '-b', tree, made)
    shutil.rmtree(tree)
    return made


def install(deb):
    run('dpkg', '-i', deb)


def desktop_command():
    for line in open('/usr/share/applications/dev.oriel.Oriel.desktop'):
        if line.startswith('Exec='):
            return shlex.split(line[5:].replace('%u', ''))
    fail('the desktop entry has no command')


def unit_command():
    for line in open('/usr/lib/systemd/user/oriel-server.service'):
        if line.startswith('ExecStart='):
            return shlex.split(line[10:])
    fail('the unit has no command')


class Program:
    """A running program with its own home folder. Terminated at the end."""

    def __init__(self, command, folder, home, port, **environment):
        self.folder = folder
        self.url = 'http://127.0.0.1:%d' % port
        self.home = home
        env = {'HOME': home, 'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', **environment}
        if 'DISPLAY' in os.environ:
            env['DISPLAY'] = os.environ['DISPLAY']
        self.log = open(os.path.join(home, 'log-%d' % port), 'w+')
        self.process = subprocess.Popen(command, env=env, cwd=home, stdout=self.log, stderr=self.log,
                                        stdin=subprocess.DEVNULL)
        self.env = env

    def __enter__(self):
        for _ in range(SECONDS * 10):
            try:
                urllib.request.urlopen(self.url + '/health', timeout=5).read()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.log.seek(0)
        self.process.kill()
        fail('%s does not listen: %s' % (self.url, self.log.read()))

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            fail('it does not end')

    def token_file(self):
        return os.path.join(self.home, '.local', 'share', self.folder, 'token')

    def call(self, path):
        token = open(self.token_file()).read().strip()
        request = urllib.request.Request(self.url + path, headers={'Authorization': 'Bearer ' + token})
        return json.load(urllib.request.urlopen(request, timeout=10))

    def chat(self, prompt, program='/usr/bin/oriel-server'):
        said = run(program, 'send', '--url', self.url, '--token-file', self.token_file(), '--agent', 'demo',
                   prompt, env=self.env, timeout=SECONDS)
        if len(said.strip()) < 20:
            fail('the demo agent replied: ' + said)


def check_launchers(folder, home, where):
    """Both programs start from any folder, and the JVM uses their caches (without them they would only be slow)."""
    env = {'HOME': home, 'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'JAVA_TOOL_OPTIONS': '-XX:AOTMode=on',
           'JDK_JAVA_OPTIONS': '--no-such-option'}
    for name in ['oriel', 'oriel-server']:
        for program, at in [(os.path.join(folder, name), '/'), ('./' + name, folder)]:
            said = run(program, '--version', env=env, cwd=at)
            if not said.startswith(name + ' '):
                fail('%s printed: %s' % (program, said))
    wrong = subprocess.run([os.path.join(folder, 'oriel-server'), 'serve', '--port', 'x'], env=env, capture_output=True)
    if wrong.returncode != 2:
        fail('a wrong option makes the exit code %d' % wrong.returncode)
    report('both launchers start %s, and their caches fit' % where)


def check_portable(archive, work, home):
    folder = os.path.join(work, 'a folder of mine')
    os.makedirs(folder)
    run('tar', '--extract', '--file', archive, '--directory', folder)
    run('chmod', '-R', 'a-w', folder)
    before = files_of(folder)
    # Links to the program from another folder, and a home folder without files of Oriel.
    links = os.path.join(work, 'links to it')
    os.makedirs(links)
    for name in ['oriel', 'oriel-server']:
        os.symlink(os.path.join('..', 'a folder of mine', 'oriel', 'bin', name), os.path.join(links, name))
    check_launchers(links, home, 'where the archive was unpacked, through links')
    serve = [os.path.join(links, 'oriel-server'), 'serve']
    with Program(serve, 'oriel-server', home, 6743, ORIEL_AGENT='demo') as oriel:
        name = open('/proc/%d/comm' % oriel.process.pid).read().strip()
        if name != 'oriel-server':
            fail('in lists of processes the server is called ' + name)
        oriel.chat('hello', os.path.join(links, 'oriel-server'))
    if files_of(folder) != before:
        fail('it writes into its own folder: %s' % sorted(files_of(folder) - before)[:5])
    run('chmod', '-R', 'u+w', folder)
    os.utime(os.path.join(folder, 'oriel', 'lib', 'app', 'oriel-server.jar'))
    slow = subprocess.run([os.path.join(links, 'oriel-server'), '--version'],
                          env={'HOME': home, 'PATH': '/usr/bin:/bin'},
                          capture_output=True, text=True)
    if len(slow.stdout.splitlines()) != 1 or slow.stderr or slow.returncode != 0:
        fail('where the cache does not fit: %s%s' % (slow.stdout, slow.stderr))
    shutil.rmtree(folder)
    report('the archive works wherever it lies, and writes nothing there')


def window(home, screenshot=None):
    # The default port is used; another server there would reply instead.
    with Program(desktop_command(), 'oriel', home, 6743) as oriel:
        oriel.chat('hello')
        if screenshot and shutil.which('import'):
            time.sleep(2)
            run('import', '-window', 'root', screenshot)
        return [s['id'] for s in oriel.call('/v1/sessions')['sessions']]


def server(home):
    with Program(unit_command(), 'oriel-server', home, 6743, ORIEL_AGENT='demo') as oriel:
        oriel.chat('hello')
        return [s['id'] for s in oriel.call('/v1/sessions')['sessions']]


def files_of(folder):
    return {os.path.join(d, f) for d, _, names in os.walk(folder) for f in names}


def check_completions(home):
    """Each shell finds the completions where the package has installed them."""
    env = {'HOME': home, 'PATH': '/usr/bin:/bin', 'LANG': 'C.UTF-8', 'TERM': 'dumb'}
    for name, option in [('oriel', '--new-session'), ('oriel-server', 'serve')]:
        shells = {'bash': '. /usr/share/bash-completion/completions/%s && complete -p %s' % (name, name),
                  'zsh': 'autoload -Uz compinit && compinit -u -D && print $_comps[%s] && '
                         'autoload -Uz +X _%s && functions _%s' % (name, name, name),
                  'fish': 'complete -C "%s %s"' % (name, option[:-2])}
        for shell, script in shells.items():
            if not shutil.which(shell):
                report('skipped: there is no ' + shell)
                continue
            said = run(shell, '-c', script, env=env, cwd=home)
            if (name if shell == 'bash' else option) not in said:
                fail('%s does not know %s: %s' % (shell, name, said))
    report('the shells know the commands')


def check_rpm(rpm):
    names = run('rpm', '-qlp', rpm).splitlines()
    for wanted in ['/opt/oriel/bin/oriel', '/opt/oriel/bin/oriel-server', '/usr/bin/oriel-server',
                   '/usr/share/applications/dev.oriel.Oriel.desktop', '/usr/lib/systemd/user/oriel-server.service']:
        if wanted not in names:
            fail('the .rpm lacks ' + wanted)
    ours = ('/opt/oriel', '/usr/bin/oriel', '/usr/share/', '/usr/lib/systemd/user/')
    foreign = [n for n in names if not n.startswith(ours)]
    if foreign:
        fail('the .rpm puts files where it should not: %s' % foreign[:5])
    scripts = run('rpm', '-qp', '--scripts', rpm)
    if 'are kept' not in scripts or 'rm ' in scripts:
        fail('the scripts of the .rpm: ' + scripts)
    report('the .rpm has its files and its one script')


def main(folder):
    deb = one(folder, '*.deb')
    check_rpm(one(folder, '*.rpm'))
    work = tempfile.mkdtemp(prefix='oriel-check-')
    home = os.path.join(work, 'home')
    other_home = os.path.join(work, 'another home')
    os.makedirs(home)
    os.makedirs(other_home)
    try:
        check_portable(one(folder, '*.tar.xz'), work, other_home)
        install(older(deb, work))
        report('an older version is installed')
        for tool, line in [('desktop-file-validate', ['/usr/share/applications/dev.oriel.Oriel.desktop']),
                           ('appstreamcli',
                            ['validate', '--no-net', '/usr/share/metainfo/dev.oriel.Oriel.metainfo.xml']),
                           ('systemd-analyze', ['--user', 'verify', '/usr/lib/systemd/user/oriel-server.service'])]:
            if shutil.which(tool):
                run(tool, *line, env={**os.environ, 'XDG_RUNTIME_DIR': work})
                report('%s finds nothing wrong' % tool)
            else:
                report('skipped: there is no ' + tool)
        if not all('oriel' in run('/usr/bin/' + program, '--version') for program in ('oriel', 'oriel-server')):
            fail('a program does not print its version')
        check_launchers('/usr/bin', home, 'where they are installed')
        check_completions(other_home)
        windows, servers = window(home), server(home)
        report('the window and the server run, and the demo agent answers in both')
        kept = files_of(home)

        install(deb)
        report('upgraded to the new version')
        shown = window(home, os.environ.get('ORIEL_SCREENSHOT'))
        if not set(windows) <= set(shown) or not set(servers) <= set(server(home)):
            fail('sessions were lost by the upgrade')
        if not {f for f in kept if not f.endswith(('-wal', '-shm'))} <= files_of(home):
            fail('files were lost by the upgrade')
        report('both run again, and the sessions from before are there')

        before = files_of(home)
        said = run('dpkg', '-r', 'oriel')
        if 'are kept' not in said:
            fail('the removal does not print what is kept: ' + said)
        run('dpkg', '-P', 'oriel')
        left = run('sh', '-c', 'find /opt/oriel /usr -path "*oriel*" 2>/dev/null || true').split()
        if left:
            fail('not removed: %s' % left[:5])
        if files_of(home) != before:
            fail("the user's files have changed")
        outside = {f for f in before if '/.local/share/oriel' not in f and '/.local/state/oriel/' not in f
                   and '/.config/oriel/' not in f and '/log-' not in f and '/.cache/' not in f}
        if outside:
            fail('written outside its folders: %s' % sorted(outside)[:5])
        report("removed: only the user's data is left, in its places")
    finally:
        subprocess.run(['dpkg', '-P', 'oriel'], capture_output=True)
        shutil.rmtree(work, ignore_errors=True)
    print('packages checked', flush=True)


if __name__ == '__main__':
    main(sys.argv[1])
