#!/usr/bin/env python3
"""Plays scenarios and tutorials on applications that Docent's authors did not write. See README.md beside this file.

    play.py [--docent PROGRAM] [--keep FOLDER] [APP…]
"""
import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
CACHE = Path(os.environ.get('XDG_CACHE_HOME', Path.home() / '.cache')) / 'docent-foreign'
PYTHON = CACHE / 'python/bin/python'
PIP = ['django==5.2.19', 'jupyterlab==4.6.6', 'streamlit==1.67.0']
NPM = ['esbuild@0.28.2', 'react@19.3.1', 'react-dom@19.3.1', '@mui/material@9.5.0', '@emotion/react@11.14.0', '@emotion/styled@11.14.1',
       '@shoelace-style/shoelace@2.20.1']


def set_up():
    """Installs everything into the cache, once for each list of versions."""
    done, wanted = CACHE / 'installed.json', json.dumps([PIP, NPM])
    if done.exists() and done.read_text() == wanted:
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, '-m', 'venv', CACHE / 'python'], check=True)
    subprocess.run([PYTHON, '-m', 'pip', 'install', '--quiet', *PIP], check=True)
    subprocess.run(['npm', 'install', '--prefix', CACHE, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', *NPM], check=True)
    done.write_text(wanted)


def django(work, port):
    environment = {**os.environ, 'DJANGO_SETTINGS_MODULE': 'harbour.settings', 'PYTHONPATH': str(HERE / 'apps'),
                   'HARBOUR_DATABASE': str(work / 'harbour.sqlite'), 'PYTHONDONTWRITEBYTECODE': '1'}
    command = [PYTHON, '-m', 'django']
    subprocess.run([*command, 'migrate', '--run-syncdb', '--verbosity', '0'], env=environment, check=True)
    subprocess.run([*command, 'fill'], env=environment, check=True)
    return [*command, 'runserver', '--noreload', str(port)], environment


def jupyterlab(work, port):
    cell = {'cell_type': 'code', 'execution_count': None, 'id': 'a', 'metadata': {}, 'outputs': [], 'source': 'print("The catch is", 40 + 2)'}
    title = {'cell_type': 'markdown', 'id': 'b', 'metadata': {}, 'source': '## Sum of the catch'}
    kernel = {'kernelspec': {'display_name': 'Python 3', 'language': 'python', 'name': 'python3'}}
    (work / 'sums.ipynb').write_text(json.dumps({'cells': [title, cell], 'metadata': kernel, 'nbformat': 4, 'nbformat_minor': 5}))
    (work / 'readme.md').write_text('# Notes of the harbour\n')
    home = work.parent / 'jupyter-home'
    # It would ask whether to fetch news, each time.
    news = home / '.jupyter/lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings'
    news.parent.mkdir(parents=True)
    news.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    environment = {**os.environ, 'HOME': str(home), 'JUPYTER_CONFIG_DIR': str(home), 'JUPYTER_DATA_DIR': str(home), 'JUPYTER_RUNTIME_DIR': str(home),
                   'JUPYTERLAB_SETTINGS_DIR': str(home / '.jupyter/lab/user-settings')}
    return [PYTHON, '-m', 'jupyterlab', '--no-browser', '--allow-root', f'--port={port}', '--ip=127.0.0.1', f'--notebook-dir={work}',
            '--IdentityProvider.token=', '--LabApp.news_url=None', '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'], environment


def streamlit(_work, port):
    return [PYTHON, '-m', 'streamlit', 'run', HERE / 'apps/tides.py', '--server.headless=true', f'--server.port={port}',
            '--server.address=127.0.0.1', '--browser.gatherUsageStats=false', '--server.fileWatcherType=none'], None


def page(source):
    """An application of one page, bundled from what npm has."""
    def serve(work, port):
        entry = Path(shutil.copy(HERE / 'apps' / source, CACHE))
        subprocess.run([CACHE / 'node_modules/.bin/esbuild', entry, '--bundle', f'--outfile={work}/page.js', '--jsx=automatic', '--minify',
                        '--log-level=error', '--define:process.env.NODE_ENV="production"'], check=True)
        style = '<link rel="stylesheet" href="page.css">' if (work / 'page.css').exists() else ''
        (work / 'index.html').write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
                                         f'<title>{entry.stem}</title>{style}<body><script src="page.js"></script></body></html>')
        return [PYTHON, '-m', 'http.server', str(port), '--bind', '127.0.0.1', '--directory', work], None
    return serve


APPS = {'django': django, 'jupyterlab': jupyterlab, 'streamlit': streamlit, 'mui': page('orders.jsx'), 'shoelace': page('launch.js')}


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(address, server):
    for _ in range(600):
        if server.poll() is not None:
            sys.exit(f'the server of {address} ended with {server.returncode}; its output is in its folder')
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return None
        except OSError:
            time.sleep(0.1)
    sys.exit(f'{address} did not answer within a minute')


def play(docent, app, folder):
    """Serves the application, plays its two features, and answers (scenario, passed, first line of the message) for each."""
    work, port = folder / 'work', free_port()
    work.mkdir(parents=True)
    command, environment = APPS[app](work, port)
    with (folder / 'server.log').open('w') as log:
        server = subprocess.Popen(command, env=environment, cwd=work, stdout=log, stderr=log, start_new_session=True)
    try:
        address = f'http://127.0.0.1:{port}'
        wait_for(address, server)
        features = folder / 'features'
        features.mkdir()
        for name in (f'{app}.feature', f'{app}_tutorial.feature'):
            shutil.copy(HERE / 'features' / name, features)
        (folder / 'docent.toml').write_text('[secrets]\nharbour = "Anchor-2026"\n')
        shared = ['--base-url', address, '--wait', '10', '--step-timeout', '40', '--workers', '1']
        run = subprocess.run([docent, 'run', features / f'{app}.feature', '--reports', folder / 'reports', *shared], cwd=folder, capture_output=True, text=True)
        tutorial = subprocess.run([docent, 'tutorial', features / f'{app}_tutorial.feature', '--out', folder / 'tutorial', '--screenshots', folder / 'screenshots', *shared],
                                  cwd=folder, capture_output=True, text=True)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    (folder / 'run.log').write_text(run.stdout + run.stderr)
    (folder / 'tutorial.log').write_text(tutorial.stdout + tutorial.stderr)
    return results(folder / 'reports/junit.xml', run) + [('the tutorial', tutorial.returncode == 0, first_line(tutorial))]


def results(junit, run):
    from xml.etree import ElementTree
    if not junit.exists():
        return [('all scenarios', False, first_line(run))]
    cases = ElementTree.parse(junit).getroot().iter('testcase')
    failures = [(case.get('name'), next((each for each in case if each.tag in ('failure', 'error')), None)) for case in cases]
    return [(name, failure is None, '' if failure is None else (failure.get('message') or failure.text or '').strip().split('\n')[0]) for name, failure in failures]


def first_line(done):
    if done.returncode == 0:
        return ''
    lines = [line.strip() for line in (done.stdout + done.stderr).split('\n') if line.strip()]
    return next((line for line in lines if line.startswith(('✗', 'error', 'Error'))), lines[-1] if lines else f'exit {done.returncode}')


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument('apps', nargs='*', metavar='APP', help=', '.join(APPS))
    options.add_argument('--docent', type=Path, default=HERE.parents[1] / 'target/debug/docent')
    options.add_argument('--keep', type=Path, help='where logs, reports and pictures stay; else they go')
    given = options.parse_args()
    set_up()
    folder = given.keep.absolute() if given.keep else Path(tempfile.mkdtemp())
    rows = [(app, *result) for app in given.apps or APPS for result in play(given.docent.absolute(), app, folder / app)]
    for app, name, passed, message in rows:
        print(f'{app:11} {"passed" if passed else "FAILED"}  {name}{": " + message[:160] if message else ""}')
    failed = sum(not passed for _, _, passed, _ in rows)
    print(f'{len(rows) - failed} of {len(rows)} passed')
    if not given.keep:
        shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
