"""The filter that the Linux kernel applies to each call of a process that reads documents.

A list of what is refused rather than of what is allowed: the calls of an interpreter and its libraries differ from one
version to the next, and a reader that is killed for a new way to ask the time helps nobody. What is refused is what
reaches beyond the process: sockets, other programs and processes, writing, and interfaces known for holes.
"""

import errno
import platform
import struct
import sys

# Classic BPF: load a word of the call's description, jump if equal, jump if a bit is set, return.
_LOAD, _EQUAL, _AT_LEAST, _BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_WRITES = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND
_THREAD = 0x00010000  # CLONE_THREAD

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Name: number on x86-64, number on ARM64 (None where it has none).
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "setns": (308, 268),
    "unshare": (272, 97), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "fsopen": (430, 430), "fsmount": (432, 432),
    "open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442),
    "creat": (85, None), "truncate": (76, 45), "ftruncate": (77, 46), "fallocate": (285, 47),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "link": (86, None), "linkat": (265, 37),
    "symlink": (88, None), "symlinkat": (266, 36), "unlink": (87, None), "unlinkat": (263, 35),
    "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None), "mknod": (133, None), "mknodat": (259, 33),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utimensat": (280, 88), "utimes": (235, None),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "io_setup": (206, 0),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "kexec_load": (246, 104), "reboot": (169, 142), "swapon": (167, 224),
    "sethostname": (170, 161), "settimeofday": (164, 170), "clock_settime": (227, 112), "acct": (163, 89),
    "setuid": (105, 146), "setgid": (106, 144), "setresuid": (117, 147), "setresgid": (119, 149),
    "personality": (135, 92), "process_madvise": (440, 440), "rt_sigqueueinfo": (129, 138), "tkill": (200, 130),
}  # fmt: skip
_MISSING = {"clone3": (435, 435), "openat2": (437, 437)}  # their arguments lie in memory: the C library has others
_OPEN = {"open": ((2, None), 1), "openat": ((257, 56), 2)}  # the argument with the flags
_CLONE = (56, 220)
_OWN_PROCESS = {"kill": (62, 129), "tgkill": (234, 131), "prlimit64": (302, 261)}  # abort() signals its own process


def program(process: int) -> bytes:
    """Return the filter for this machine as the kernel takes it; empty where its architecture is not known here."""
    machine = platform.machine()
    if machine not in _ARCHITECTURES or sys.maxsize < 2**32:
        return b""
    column = list(_ARCHITECTURES).index(machine)
    refuse = _step(_RETURN, _REFUSE | errno.EPERM)
    steps = [_step(_LOAD, _ARCHITECTURE), _step(_EQUAL, _ARCHITECTURES[machine], 1), _step(_RETURN, _KILL)]
    steps.append(_step(_LOAD, _NUMBER))
    if machine == "x86_64":  # the calls of the x32 ABI have other numbers
        steps += [_step(_AT_LEAST, 0x40000000, 0, 1), refuse]
    for numbers in _REFUSED.values():
        steps += _if_called(numbers[column], [refuse])
    for numbers in _MISSING.values():
        steps += _if_called(numbers[column], [_step(_RETURN, _REFUSE | errno.ENOSYS)])
    allow = _step(_RETURN, _ALLOW)
    for numbers, argument in _OPEN.values():
        steps += _if_called(numbers[column], [_argument(argument), _step(_BITS, _WRITES, 0, 1), refuse, allow])
    steps += _if_called(_CLONE[column], [_argument(0), _step(_BITS, _THREAD, 1), refuse, allow])
    for numbers in _OWN_PROCESS.values():
        steps += _if_called(
            numbers[column], [_argument(0), _step(_EQUAL, process, 2), _step(_EQUAL, 0, 1), refuse, allow]
        )
    return b"".join([*steps, allow])


def _if_called(number: int | None, steps: list[bytes]) -> list[bytes]:
    return [] if number is None else [_step(_EQUAL, number, 0, len(steps)), *steps]


def _argument(index: int) -> bytes:
    """Load the low half of an argument; both architectures are little-endian."""
    return _step(_LOAD, _FIRST_ARGUMENT + 8 * index)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)
