"""A process gives up what it does not need: before it reads a document that may be hostile.

Four layers, each as far as the system has it, none needs root:

- limits (resource): memory, CPU time, open files, no bytes written to files. POSIX.
- Landlock: only Python's own folders can be opened. Linux 5.13 or later.
- seccomp: no sockets, no other programs or processes, no writing, no signals to others. Linux on x86-64 and ARM64.
- an audit hook: the same for everything that goes through Python. Every system; native code passes it by.
"""

import os
import struct
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 1, 22, 38, 2
_O_PATH = 0o10000000
_SIGKILL = 9


@dataclass(frozen=True, slots=True)
class Confined:
    """Which of the layers hold in this process."""

    limits: bool
    landlock: bool
    seccomp: bool
    audit: bool = True


def confine(*, memory: int, files: int, parent: int) -> Confined:
    """Give up files, the network, other processes; ``memory``: bytes beyond what is used now; ``parent``: its id.

    For a process of one thread that has opened what it needs: there is no way back.
    """
    roots = _readable()
    linux = sys.platform == "linux"
    if linux:
        _die_with(parent)
    limits = _limit(memory, files)
    landlock = linux and _restrict_files(roots)
    seccomp = linux and _filter_calls()
    sys.addaudithook(_Hook(roots))
    return Confined(limits, landlock, seccomp)


def allow_cpu(seconds: float) -> None:
    """Let this process use ``seconds`` of CPU time from now; the system ends it then."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _limit(memory: int, files: int) -> bool:
    if sys.platform == "win32":
        return False
    import resource

    wanted = {resource.RLIMIT_NOFILE: files, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":  # macOS has the limit and does not hold it
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        wanted[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory
    for limit, value in wanted.items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))
    return True


def _readable() -> tuple[str, ...]:
    """Return the folders with Python's library, what is installed for it, this package, and the system's libraries.

    A folder of sources on the path (a checkout) is not among them: settings and data may lie in it.
    """
    standard = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    installed = {path for path in sys.path if Path(path).name in ("site-packages", "dist-packages", "lib-dynload")}
    system = {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"}
    system |= {str(Path(sys.base_prefix, "lib")), "/nix/store", "/gnu/store"}
    if sys.platform == "win32":
        system = {str(Path(sys.base_prefix, "DLLs"))}
    own = str(Path(__file__).resolve().parent)
    roots = {path for path in (*standard, *installed, *system, own) if path and Path(path).exists()}
    return tuple(sorted(roots | {os.path.realpath(path) for path in roots}))


class _Hook:
    """Refuses what goes through Python; it cannot be taken off."""

    _REFUSED = (
        "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile",
        "os.kill", "os.remove", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.chown",
        "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "shutil.", "tempfile.", "pty.", "ftplib.",
        "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.", "urllib.", "http.client.", "webbrowser.",
        "winreg.", "_winapi.", "sqlite3.", "mmap.__new__", "fcntl.",
    )  # fmt: skip

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = tuple(root + os.sep for root in roots)
        self._whole = frozenset(roots)

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            self._opened(*args)
        elif event in ("os.listdir", "os.scandir"):
            self._opened(args[0])
        elif event.startswith(self._REFUSED):
            raise PermissionError(f"a reader of documents may not do this: {event}")

    def _opened(self, path: object, mode: object = None, flags: object = 0) -> None:
        if isinstance(path, int):
            return
        full = os.path.abspath(os.fsdecode(path) if isinstance(path, bytes | str) else str(path))  # noqa: PTH100 - no file is touched
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        writes = writes or (isinstance(mode, str) and bool(set(mode) & set("wax+")))
        if writes or not (full in self._whole or full.startswith(self._roots)):
            raise PermissionError(f"a reader of documents may not open this: {full}")


# --- Linux ---------------------------------------------------------------------------------------------------------


def _die_with(parent: int) -> None:
    """Have the system end this process when the one that started it is gone, however it went."""
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _prctl(option: int, value: int, pointer: object = 0) -> bool:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    rest = pointer or ctypes.c_ulong(0)
    return bool(libc.prctl(option, ctypes.c_ulong(value), rest, ctypes.c_ulong(0), ctypes.c_ulong(0)) == 0)


# Landlock: the numbers of its calls are the same on every architecture. The rights grew with its versions.
_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}


def _restrict_files(roots: tuple[str, ...]) -> bool:
    """Let nothing be opened but what is below ``roots``, to be read; return whether the system does that."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1 or not _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        return False
    network = 3 if version >= 4 else 0  # no TCP is bound or connected
    scoped = 3 if version >= 6 else 0  # no abstract sockets and no signals beyond this process
    attributes = struct.pack("QQQ", _RIGHTS[min(version, 5)], network, scoped)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_CREATE, attributes, ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        for root in roots:
            at = os.open(root, _O_PATH | os.O_CLOEXEC)
            rights = _READ_FILE | (_READ_DIR if Path(root).is_dir() else 0)
            libc.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, at), 0)
            os.close(at)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _filter_calls() -> bool:
    """Have the kernel refuse the calls that no reader needs; return whether it does."""
    import ctypes

    from knowledge.seccomp import program

    instructions = program(os.getpid())
    if not instructions or not _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        return False

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    filled = Program(len(instructions) // 8, instructions)
    return _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filled))
