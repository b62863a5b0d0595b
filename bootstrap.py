"""Set up `.venv` from the pinned requirements, then run the client, the tests, the checks or the benchmarks.

Usage: python bootstrap.py setup | run [ARGS] | test [ARGS] | check | bench [ARGS]

Standard library only. The syntax stays readable for Python 3.6, so that an old interpreter gets a sentence.
"""

import glob
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from contextlib import contextmanager

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LOCK = os.path.join(VENV, ".lock")
UNFINISHED = os.path.join(VENV, ".unfinished")
LAYERS = {
    "setup": ["run"],
    "run": ["run"],
    "bench": ["run", "test"],
    "test": ["run", "test"],
    "check": ["run", "test", "check"],
}

USAGE = "用法：python bootstrap.py setup|run|test|check|bench / Usage: python bootstrap.py setup|run|test|check|bench"
OLD_PYTHON = "需要 Python 3.11 或更新版本，现在是 {0}。 / Python 3.11 or newer is needed, this is {0}."
NO_VENV = "Python 缺少 venv 组件，请执行：{0} / Python lacks its venv part, run: {0}"
BUSY = "另一个安装正在进行，等待它完成。 / Another set-up is running; waiting for it."
INSTALLING = "正在安装依赖（{0}），首次需要几分钟。 / Installing the dependencies ({0}); a few minutes the first time."
VENV_FAILED = "创建虚拟环境失败，原因见上面的输出。 / The virtual environment could not be made, see above."
NOT_WRITABLE = "无法写入 .venv，请关闭正在运行的客户端并检查权限：{0} / .venv cannot be written: {0}"
NO_DISPLAY = (
    "没有图形显示，改为在后台演示收文与发文全过程，图片存入 {0}。 / No display: running the tour offscreen into {0}."
)
LEFT_OUT = "未运行标记为 slow 的测试，全部运行请用 make test ARGS='-m \"\"'。 / Tests marked slow are left out."

# What pip complains of -> what we say. In these cases pip had not begun to change the environment.
UNTOUCHED = (
    (
        "DO NOT MATCH THE HASHES",
        "下载的安装包与锁定的校验值不符，已拒绝安装。 / A package differs from its pinned hash.",
    ),
    (
        "connection broken|Max retries|[Tt]imed out|ProxyError|Client Error|Server Error|IncompleteRead",
        "连不上软件包源，请检查网络或 pip 的源设置后重试。 / The package index cannot be reached; check the network.",
    ),
    (
        "Could not find a version|No matching distribution",
        "软件包源没有适合本机的安装包，请核对系统与源设置。 / The package index has no build for this system.",
    ),
)
PIP_FAILED = (
    "安装依赖失败，原因见上面的输出；再执行一次会从头修复。 / Installing failed, see above; run again to repair."
)


class Stop(Exception):
    """A sentence for the person at the terminal; the program ends with status 1."""


def say(sentence):
    print(sentence, file=sys.stderr, flush=True)


def check_python():
    """Refuse an interpreter that is too old or that cannot make virtual environments."""
    here = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info < OLDEST:
        raise Stop(OLD_PYTHON.format(here))
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Stop(NO_VENV.format("sudo apt-get install -y python{}-venv".format(here)))


def sources(layer, libc=None):
    """The requirement files of a layer, the one to install first; old glibc (Kylin V10, UOS 20) gets older Qt."""
    name, version = libc or platform.libc_ver()
    old = name == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < (2, 34)
    names = ["kylin.txt", "run.in"] if old and layer == "run" else [layer + ".txt"]
    return [os.path.join(ROOT, "requirements", name) for name in names]


def digest(layer):
    """What the stamp of an installed layer holds: it changes with the requirement files and with the Python."""
    total = hashlib.sha256((sys.implementation.cache_tag + sysconfig.get_platform()).encode())
    for path in sources(layer):
        total.update(read(path).encode())
    return total.hexdigest()


def stamp(layer):
    return os.path.join(VENV, ".installed-" + layer)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def usable():
    """Whether `.venv` is a finished environment of the present Python, so that it can be built upon."""
    settings = os.path.join(VENV, "pyvenv.cfg")
    if os.path.exists(UNFINISHED) or not os.path.exists(PYTHON) or not os.path.exists(settings):
        return False
    return "version = {}.{}.".format(*sys.version_info[:2]) in read(settings)


def ready(layer):
    """Whether the layer is installed, whole, from the present files and for the present Python."""
    return usable() and os.path.exists(stamp(layer)) and read(stamp(layer)) == digest(layer)


def try_lock(file):
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def locked():
    """One installer at a time; yields the options with which a child process keeps the lock if this one is killed."""
    os.makedirs(VENV, exist_ok=True)
    with open(LOCK, "a") as file:
        if not try_lock(file):
            say(BUSY)
            while not try_lock(file):
                time.sleep(0.5)
        yield {} if os.name == "nt" else {"pass_fds": (file.fileno(),)}


def make_environment(held):
    """Make `.venv` anew around the files that guard it."""
    write(UNFINISHED, "")
    for entry in list(os.scandir(VENV)):
        if entry.path in (LOCK, UNFINISHED):
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.remove(entry.path)
    outer = getattr(sys, "_base_executable", sys.executable)  # this very process may run from the old .venv
    if subprocess.call([outer, "-I", "-m", "venv", VENV], **held):
        raise Stop(VENV_FAILED)


def install(layer, held):
    """Have pip install a layer; what it complains of is shown and, when it fails, put in one sentence."""
    say(INSTALLING.format(layer))
    write(UNFINISHED, layer)
    path = sources(layer)[0]
    command = [PYTHON, "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "-r", path]
    command += [] if path.endswith("kylin.txt") else ["--require-hashes"]
    command += [] if sys.stdout.isatty() else ["--quiet"]
    complaints = ""
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", **held) as pip:
        for line in pip.stderr:
            sys.stderr.write(line)
            complaints += line
    if pip.returncode:
        for pattern, sentence in UNTOUCHED:
            if re.search(pattern, complaints):
                os.remove(UNFINISHED)
                raise Stop(sentence)
        raise Stop(PIP_FAILED)
    write(stamp(layer), digest(layer))
    os.remove(UNFINISHED)


def set_up(verb):
    """Bring `.venv` to what the verb's requirement files describe; does nothing when it is there already."""
    layers = LAYERS[verb]
    try:
        if all(ready(layer) for layer in layers):
            return
        with locked() as held:
            if not usable():
                make_environment(held)
            for layer in layers:
                if not ready(layer):
                    install(layer, held)
    except OSError as problem:
        raise Stop(NOT_WRITABLE.format(problem))


def call(*arguments, **options):
    """Run the environment's Python; its exit status, 128 + signal if it was killed."""
    status = subprocess.call([PYTHON, *arguments], **options)
    return status if status >= 0 else 128 - status


def require_libraries(qt_platform):
    """Refuse, before anything is downloaded, a machine on which Qt would not start."""
    from oa_client.system_check import explain, missing_libraries

    missing = missing_libraries(qt_platform)
    if missing:
        raise Stop(explain(missing))


def setup(_arguments):
    set_up("setup")
    return 0


def run(arguments):
    """The client; one of its commands if arguments are given; the tour offscreen where no window can appear."""
    from oa_client.system_check import has_display

    offscreen = not arguments and not has_display()
    if not arguments:
        require_libraries("offscreen" if offscreen else None)
    set_up("run")
    program = os.path.join(ROOT, "main.py")
    if not offscreen:
        return call(program, *arguments)
    folder = os.path.join(ROOT, "tour")
    say(NO_DISPLAY.format(folder))
    return call(program, "tour", folder, env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))


def test(arguments):
    require_libraries("offscreen")
    set_up("test")
    say(LEFT_OUT)
    return call("-m", "pytest", "-m", "not slow", "-n", "auto", "--dist", "worksteal", *arguments, cwd=ROOT)


def check(_arguments):
    require_libraries("offscreen")
    set_up("check")
    tools = (["ruff", "check", "."], ["mypy", "oa_client"], ["pytest", os.path.join("tests", "test_house.py")])
    return max([call("-m", *tool, cwd=ROOT) for tool in tools])


def bench(arguments):
    set_up("bench")
    scripts = sorted(glob.glob(os.path.join(ROOT, "bench", "[!_]*.py")))
    return max([call(script, *arguments, cwd=ROOT) for script in scripts], default=0)


VERBS = {"setup": setup, "run": run, "test": test, "check": check, "bench": bench}


def main(arguments):
    """Do what the first argument says; the exit status is that of the program run, 1 for a refusal, 2 for wrong use."""
    if not arguments or arguments[0] not in VERBS:
        say(USAGE)
        return 2
    try:
        check_python()
        return VERBS[arguments[0]](arguments[1:])
    except Stop as refusal:
        say(refusal)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
