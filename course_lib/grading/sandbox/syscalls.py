"""Numbers of the system calls that the filter names, on x86-64 and aarch64, and the reason why each is refused."""

from __future__ import annotations

X86_64 = "x86_64"
AARCH64 = "aarch64"

# The newest call whose meaning is known here. Later ones are answered "not implemented", which every libc can live
# with: otherwise a kernel that learns a new way to start a process would open the sandbox.
NEWEST_KNOWN = 469

# name, number on x86-64, number on aarch64 ("-": the call does not exist there). From 424 on they are the same.
_DENIED = """
# Another process, or another program in this one. Threads come through clone, whose arguments are checked.
fork                     57    -
vfork                    58    -
execve                   59  221
execveat                322  281
ptrace                  101  117
process_vm_readv        310  270
process_vm_writev       311  271
process_madvise         440  440
process_mrelease        448  448
pidfd_open              434  434
pidfd_getfd             438  438
pidfd_send_signal       424  424
kcmp                    312  272
move_pages              279  239
migrate_pages           256  238
setpgid                 109  154
setsid                  112  157

# The network, and sockets to programs on this machine.
socket                   41  198
socketpair               53  199
connect                  42  203
bind                     49  200
listen                   50  201
accept                   43  202
accept4                 288  242
sendto                   44  206
recvfrom                 45  207
sendmsg                  46  211
recvmsg                  47  212
sendmmsg                307  269
recvmmsg                299  243
shutdown                 48  210
setsockopt               54  208

# What Landlock does not see: changing a file's metadata, links, and changing it by its path.
chmod                    90    -
fchmod                   91   52
fchmodat                268   53
fchmodat2               452  452
chown                    92    -
fchown                   93   55
lchown                   94    -
fchownat                260   54
utime                   132    -
utimes                  235    -
futimesat               261    -
utimensat               280   88
setxattr                188    5
lsetxattr               189    6
fsetxattr               190    7
setxattrat              463  463
removexattr             197   14
lremovexattr            198   15
fremovexattr            199   16
removexattrat           466  466
file_setattr            469  469
truncate                 76   45
link                     86    -
linkat                  265   37
symlink                  88    -
symlinkat               266   36
mknod                   133    -
mknodat                 259   33
name_to_handle_at       303  264
open_by_handle_at       304  265
inotify_init            253    -
inotify_init1           294   26
inotify_add_watch       254   27
fanotify_init           300  262
fanotify_mark           301  263
quotactl                179   60
quotactl_fd             443  443

# Memory and messages that outlive the process or escape its limits.
memfd_create            319  279
memfd_secret            447  447
shmget                   29  194
shmat                    30  196
shmctl                   31  195
shmdt                    67  197
semget                   64  190
semop                    65  193
semctl                   66  191
semtimedop              220  192
msgget                   68  186
msgsnd                   69  189
msgrcv                   70  188
msgctl                   71  187
mq_open                 240  180
mq_unlink               241  181
mq_timedsend            242  182
mq_timedreceive         243  183
mq_notify               244  184
mq_getsetattr           245  185
add_key                 248  217
request_key             249  218
keyctl                  250  219

# The machine: mounts, namespaces, modules, clocks, names, swap.
mount                   165   40
umount2                 166   39
pivot_root              155   41
chroot                  161   51
open_tree               428  428
open_tree_attr          467  467
move_mount              429  429
fsopen                  430  430
fsconfig                431  431
fsmount                 432  432
fspick                  433  433
mount_setattr           442  442
statmount               457  457
listmount               458  458
unshare                 272   97
setns                   308  268
init_module             175  105
finit_module            313  273
delete_module           176  106
kexec_load              246  104
kexec_file_load         320  294
reboot                  169  142
swapon                  167  224
swapoff                 168  225
acct                    163   89
settimeofday            164  170
clock_settime           227  112
clock_adjtime           305  266
adjtimex                159  171
sethostname             170  161
setdomainname           171  162
vhangup                 153   58
syslog                  103  116
sync                    162   81
syncfs                  306  267
iopl                    172    -
ioperm                  173    -
modify_ldt              154    -
uselib                  134    -
ustat                   136    -
sysfs                   139    -
lookup_dcookie          212   18
nfsservctl              180   42

# Kernel interfaces in which most ways out of a sandbox were found, and which no honest exercise needs.
io_uring_setup          425  425
io_uring_enter          426  426
io_uring_register       427  427
io_setup                206    0
io_submit               209    2
bpf                     321  280
perf_event_open         298  241
userfaultfd             323  282
vmsplice                278   75

# Loosening or adding to what holds this process, and the priority of others.
seccomp                 317  277
landlock_create_ruleset 444  444
landlock_add_rule       445  445
landlock_restrict_self  446  446
lsm_set_self_attr       460  460
personality             135   92
setuid                  105  146
setgid                  106  144
setreuid                113  145
setregid                114  143
setresuid               117  147
setresgid               119  149
setfsuid                122  151
setfsgid                123  152
setgroups               116  159
capset                  126   91
setpriority             141  140
ioprio_set              251   30
sched_setparam          142  118
sched_setscheduler      144  119
sched_setattr           314  274
"""

# Answered "not implemented" instead of "not permitted": their arguments lie in memory, where a filter cannot look, and
# every libc then takes the older call.
_MISSING = """
clone3                  435  435
openat2                 437  437
"""

# Allowed for some arguments only; seccomp.py says which.
_CHECKED = """
clone                    56  220
kill                     62  129
tkill                   200  130
tgkill                  234  131
rt_sigqueueinfo         129  138
rt_tgsigqueueinfo       297  240
prlimit64               302  261
sched_setaffinity       203  122
prctl                   157  167
fcntl                    72   25
ioctl                    16   29
open                      2    -
openat                  257   56
"""


def _numbers(table: str, column: int) -> dict[str, int]:
    rows = (line.split() for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def _by_machine(table: str) -> dict[str, dict[str, int]]:
    return {X86_64: _numbers(table, 1), AARCH64: _numbers(table, 2)}


# machine -> name -> number
DENIED = _by_machine(_DENIED)
MISSING = _by_machine(_MISSING)
CHECKED = _by_machine(_CHECKED)
