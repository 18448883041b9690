#!/bin/sh
# start domain web; run in: unshare --mount --propagation slave sh
set -eu

# state of the runtime
mkdir -p -m 0711 /run/domus/crun

# console logs
mkdir -p -m 0755 /var/log/domus

# OCI bundle
mkdir -p -m 0711 /run/domus/domains/web/bundle

# exit status
mkdir -p -m 0700 /run/domus/domains/web/exits

# sockets of the monitor
mkdir -p -m 0700 /run/domus/domains/web/sockets

# links to devices
mkdir -p -m 0700 /run/domus/domains/web/devices

# staging of mounts
mkdir -p -m 0711 /run/domus/domains/web/staging

# mount points that the host never sees
mount -t tmpfs tmpfs -o rw,size=1048576,mode=0755 /run/domus/domains/web/staging

# mount point (domain.xml:14)
mkdir -p -m 0755 /run/domus/domains/web/staging/n1

# inner overlay that cannot be flattened (domain.xml:14)
mount -t overlay overlay -o lowerdir+=/srv/a/upper,lowerdir+=/a/0,lowerdir+=/a/1,lowerdir+=/a/2,lowerdir+=/a/3,lowerdir+=/a/4,lowerdir+=/a/5,lowerdir+=/a/6,lowerdir+=/a/7,lowerdir+=/a/8,lowerdir+=/a/9,lowerdir+=/a/10,lowerdir+=/a/11,lowerdir+=/a/12,lowerdir+=/a/13,lowerdir+=/a/14,lowerdir+=/a/15,lowerdir+=/a/16,lowerdir+=/a/17,lowerdir+=/a/18,lowerdir+=/a/19,lowerdir+=/a/20,lowerdir+=/a/21,lowerdir+=/a/22,lowerdir+=/a/23,lowerdir+=/a/24,lowerdir+=/a/25,lowerdir+=/a/26,lowerdir+=/a/27,lowerdir+=/a/28,lowerdir+=/a/29,lowerdir+=/a/30,lowerdir+=/a/31,lowerdir+=/a/32,lowerdir+=/a/33,lowerdir+=/a/34,lowerdir+=/a/35,lowerdir+=/a/36,lowerdir+=/a/37,lowerdir+=/a/38,lowerdir+=/a/39,lowerdir+=/a/40,lowerdir+=/a/41,lowerdir+=/a/42,lowerdir+=/a/43,lowerdir+=/a/44,lowerdir+=/a/45,lowerdir+=/a/46,lowerdir+=/a/47,lowerdir+=/a/48,lowerdir+=/a/49,lowerdir+=/a/50,lowerdir+=/a/51,lowerdir+=/a/52,lowerdir+=/a/53,lowerdir+=/a/54,lowerdir+=/a/55,lowerdir+=/a/56,lowerdir+=/a/57,lowerdir+=/a/58,lowerdir+=/a/59,lowerdir+=/a/60,lowerdir+=/a/61,lowerdir+=/a/62,lowerdir+=/a/63,lowerdir+=/a/64,lowerdir+=/a/65,lowerdir+=/a/66,lowerdir+=/a/67,lowerdir+=/a/68,lowerdir+=/a/69,lowerdir+=/a/70,lowerdir+=/a/71,lowerdir+=/a/72,lowerdir+=/a/73,lowerdir+=/a/74,lowerdir+=/a/75,lowerdir+=/a/76,lowerdir+=/a/77,lowerdir+=/a/78,lowerdir+=/a/79,lowerdir+=/a/80,lowerdir+=/a/81,lowerdir+=/a/82,lowerdir+=/a/83,lowerdir+=/a/84,lowerdir+=/a/85,lowerdir+=/a/86,lowerdir+=/a/87,lowerdir+=/a/88,lowerdir+=/a/89,lowerdir+=/a/90,lowerdir+=/a/91,lowerdir+=/a/92,lowerdir+=/a/93,lowerdir+=/a/94,lowerdir+=/a/95,lowerdir+=/a/96,lowerdir+=/a/97,lowerdir+=/a/98,lowerdir+=/a/99,lowerdir+=/a/100,lowerdir+=/a/101,lowerdir+=/a/102,lowerdir+=/a/103,lowerdir+=/a/104,lowerdir+=/a/105,lowerdir+=/a/106,lowerdir+=/a/107,lowerdir+=/a/108,lowerdir+=/a/109,lowerdir+=/a/110,lowerdir+=/a/111,lowerdir+=/a/112,lowerdir+=/a/113,lowerdir+=/a/114,lowerdir+=/a/115,lowerdir+=/a/116,lowerdir+=/a/117,lowerdir+=/a/118,lowerdir+=/a/119,lowerdir+=/a/120,lowerdir+=/a/121,lowerdir+=/a/122,lowerdir+=/a/123,lowerdir+=/a/124,lowerdir+=/a/125,lowerdir+=/a/126,lowerdir+=/a/127,lowerdir+=/a/128,lowerdir+=/a/129,lowerdir+=/a/130,lowerdir+=/a/131,lowerdir+=/a/132,lowerdir+=/a/133,lowerdir+=/a/134,lowerdir+=/a/135,lowerdir+=/a/136,lowerdir+=/a/137,lowerdir+=/a/138,lowerdir+=/a/139,lowerdir+=/a/140,lowerdir+=/a/141,lowerdir+=/a/142,lowerdir+=/a/143,lowerdir+=/a/144,lowerdir+=/a/145,lowerdir+=/a/146,lowerdir+=/a/147,lowerdir+=/a/148,lowerdir+=/a/149,lowerdir+=/a/150,lowerdir+=/a/151,lowerdir+=/a/152,lowerdir+=/a/153,lowerdir+=/a/154,lowerdir+=/a/155,lowerdir+=/a/156,lowerdir+=/a/157,lowerdir+=/a/158,lowerdir+=/a/159,lowerdir+=/a/160,lowerdir+=/a/161,lowerdir+=/a/162,lowerdir+=/a/163,lowerdir+=/a/164,lowerdir+=/a/165,lowerdir+=/a/166,lowerdir+=/a/167,lowerdir+=/a/168,lowerdir+=/a/169,lowerdir+=/a/170,lowerdir+=/a/171,lowerdir+=/a/172,lowerdir+=/a/173,lowerdir+=/a/174,lowerdir+=/a/175,lowerdir+=/a/176,lowerdir+=/a/177,lowerdir+=/a/178,lowerdir+=/a/179,lowerdir+=/a/180,lowerdir+=/a/181,lowerdir+=/a/182,lowerdir+=/a/183,lowerdir+=/a/184,lowerdir+=/a/185,lowerdir+=/a/186,lowerdir+=/a/187,lowerdir+=/a/188,lowerdir+=/a/189,lowerdir+=/a/190,lowerdir+=/a/191,lowerdir+=/a/192,lowerdir+=/a/193,lowerdir+=/a/194,lowerdir+=/a/195,lowerdir+=/a/196,lowerdir+=/a/197,lowerdir+=/a/198,lowerdir+=/a/199,lowerdir+=/a/200,lowerdir+=/a/201,lowerdir+=/a/202,lowerdir+=/a/203,lowerdir+=/a/204,lowerdir+=/a/205,lowerdir+=/a/206,lowerdir+=/a/207,lowerdir+=/a/208,lowerdir+=/a/209,lowerdir+=/a/210,lowerdir+=/a/211,lowerdir+=/a/212,lowerdir+=/a/213,lowerdir+=/a/214,lowerdir+=/a/215,lowerdir+=/a/216,lowerdir+=/a/217,lowerdir+=/a/218,lowerdir+=/a/219,lowerdir+=/a/220,lowerdir+=/a/221,lowerdir+=/a/222,lowerdir+=/a/223,lowerdir+=/a/224,lowerdir+=/a/225,lowerdir+=/a/226,lowerdir+=/a/227,lowerdir+=/a/228,lowerdir+=/a/229,lowerdir+=/a/230,lowerdir+=/a/231,lowerdir+=/a/232,lowerdir+=/a/233,lowerdir+=/a/234,lowerdir+=/a/235,lowerdir+=/a/236,lowerdir+=/a/237,lowerdir+=/a/238,lowerdir+=/a/239,lowerdir+=/a/240,lowerdir+=/a/241,lowerdir+=/a/242,lowerdir+=/a/243,lowerdir+=/a/244,lowerdir+=/a/245,lowerdir+=/a/246,lowerdir+=/a/247,lowerdir+=/a/248,lowerdir+=/a/249,lowerdir+=/a/250,lowerdir+=/a/251,lowerdir+=/a/252,lowerdir+=/a/253,lowerdir+=/a/254,lowerdir+=/a/255,lowerdir+=/a/256,lowerdir+=/a/257,lowerdir+=/a/258,lowerdir+=/a/259,lowerdir+=/a/260,lowerdir+=/a/261,lowerdir+=/a/262,lowerdir+=/a/263,lowerdir+=/a/264,lowerdir+=/a/265,lowerdir+=/a/266,lowerdir+=/a/267,lowerdir+=/a/268,lowerdir+=/a/269,lowerdir+=/a/270,lowerdir+=/a/271,lowerdir+=/a/272,lowerdir+=/a/273,lowerdir+=/a/274,lowerdir+=/a/275,lowerdir+=/a/276,lowerdir+=/a/277,lowerdir+=/a/278,lowerdir+=/a/279,lowerdir+=/a/280,lowerdir+=/a/281,lowerdir+=/a/282,lowerdir+=/a/283,lowerdir+=/a/284,lowerdir+=/a/285,lowerdir+=/a/286,lowerdir+=/a/287,lowerdir+=/a/288,lowerdir+=/a/289,lowerdir+=/a/290,lowerdir+=/a/291,lowerdir+=/a/292,lowerdir+=/a/293,lowerdir+=/a/294,lowerdir+=/a/295,lowerdir+=/a/296,lowerdir+=/a/297,lowerdir+=/a/298,lowerdir+=/a/299,redirect_dir=follow,metacopy=off,index=off,nfs_export=off,xino=off,ro /run/domus/domains/web/staging/n1

# mount point (domain.xml:11)
mkdir -p -m 0755 /run/domus/domains/web/staging/root

# root filesystem of the guest (domain.xml:11)
mount -t overlay overlay -o lowerdir+=/run/domus/domains/web/staging/n1,lowerdir+=/srv/b/upper,lowerdir+=/b/0,lowerdir+=/b/1,lowerdir+=/b/2,lowerdir+=/b/3,lowerdir+=/b/4,lowerdir+=/b/5,lowerdir+=/b/6,lowerdir+=/b/7,lowerdir+=/b/8,lowerdir+=/b/9,lowerdir+=/b/10,lowerdir+=/b/11,lowerdir+=/b/12,lowerdir+=/b/13,lowerdir+=/b/14,lowerdir+=/b/15,lowerdir+=/b/16,lowerdir+=/b/17,lowerdir+=/b/18,lowerdir+=/b/19,lowerdir+=/b/20,lowerdir+=/b/21,lowerdir+=/b/22,lowerdir+=/b/23,lowerdir+=/b/24,lowerdir+=/b/25,lowerdir+=/b/26,lowerdir+=/b/27,lowerdir+=/b/28,lowerdir+=/b/29,lowerdir+=/b/30,lowerdir+=/b/31,lowerdir+=/b/32,lowerdir+=/b/33,lowerdir+=/b/34,lowerdir+=/b/35,lowerdir+=/b/36,lowerdir+=/b/37,lowerdir+=/b/38,lowerdir+=/b/39,lowerdir+=/b/40,lowerdir+=/b/41,lowerdir+=/b/42,lowerdir+=/b/43,lowerdir+=/b/44,lowerdir+=/b/45,lowerdir+=/b/46,lowerdir+=/b/47,lowerdir+=/b/48,lowerdir+=/b/49,lowerdir+=/b/50,lowerdir+=/b/51,lowerdir+=/b/52,lowerdir+=/b/53,lowerdir+=/b/54,lowerdir+=/b/55,lowerdir+=/b/56,lowerdir+=/b/57,lowerdir+=/b/58,lowerdir+=/b/59,lowerdir+=/b/60,lowerdir+=/b/61,lowerdir+=/b/62,lowerdir+=/b/63,lowerdir+=/b/64,lowerdir+=/b/65,lowerdir+=/b/66,lowerdir+=/b/67,lowerdir+=/b/68,lowerdir+=/b/69,lowerdir+=/b/70,lowerdir+=/b/71,lowerdir+=/b/72,lowerdir+=/b/73,lowerdir+=/b/74,lowerdir+=/b/75,lowerdir+=/b/76,lowerdir+=/b/77,lowerdir+=/b/78,lowerdir+=/b/79,lowerdir+=/b/80,lowerdir+=/b/81,lowerdir+=/b/82,lowerdir+=/b/83,lowerdir+=/b/84,lowerdir+=/b/85,lowerdir+=/b/86,lowerdir+=/b/87,lowerdir+=/b/88,lowerdir+=/b/89,lowerdir+=/b/90,lowerdir+=/b/91,lowerdir+=/b/92,lowerdir+=/b/93,lowerdir+=/b/94,lowerdir+=/b/95,lowerdir+=/b/96,lowerdir+=/b/97,lowerdir+=/b/98,lowerdir+=/b/99,lowerdir+=/b/100,lowerdir+=/b/101,lowerdir+=/b/102,lowerdir+=/b/103,lowerdir+=/b/104,lowerdir+=/b/105,lowerdir+=/b/106,lowerdir+=/b/107,lowerdir+=/b/108,lowerdir+=/b/109,lowerdir+=/b/110,lowerdir+=/b/111,lowerdir+=/b/112,lowerdir+=/b/113,lowerdir+=/b/114,lowerdir+=/b/115,lowerdir+=/b/116,lowerdir+=/b/117,lowerdir+=/b/118,lowerdir+=/b/119,lowerdir+=/b/120,lowerdir+=/b/121,lowerdir+=/b/122,lowerdir+=/b/123,lowerdir+=/b/124,lowerdir+=/b/125,lowerdir+=/b/126,lowerdir+=/b/127,lowerdir+=/b/128,lowerdir+=/b/129,lowerdir+=/b/130,lowerdir+=/b/131,lowerdir+=/b/132,lowerdir+=/b/133,lowerdir+=/b/134,lowerdir+=/b/135,lowerdir+=/b/136,lowerdir+=/b/137,lowerdir+=/b/138,lowerdir+=/b/139,lowerdir+=/b/140,lowerdir+=/b/141,lowerdir+=/b/142,lowerdir+=/b/143,lowerdir+=/b/144,lowerdir+=/b/145,lowerdir+=/b/146,lowerdir+=/b/147,lowerdir+=/b/148,lowerdir+=/b/149,lowerdir+=/b/150,lowerdir+=/b/151,lowerdir+=/b/152,lowerdir+=/b/153,lowerdir+=/b/154,lowerdir+=/b/155,lowerdir+=/b/156,lowerdir+=/b/157,lowerdir+=/b/158,lowerdir+=/b/159,lowerdir+=/b/160,lowerdir+=/b/161,lowerdir+=/b/162,lowerdir+=/b/163,lowerdir+=/b/164,lowerdir+=/b/165,lowerdir+=/b/166,lowerdir+=/b/167,lowerdir+=/b/168,lowerdir+=/b/169,lowerdir+=/b/170,lowerdir+=/b/171,lowerdir+=/b/172,lowerdir+=/b/173,lowerdir+=/b/174,lowerdir+=/b/175,lowerdir+=/b/176,lowerdir+=/b/177,lowerdir+=/b/178,lowerdir+=/b/179,lowerdir+=/b/180,lowerdir+=/b/181,lowerdir+=/b/182,lowerdir+=/b/183,lowerdir+=/b/184,lowerdir+=/b/185,lowerdir+=/b/186,lowerdir+=/b/187,lowerdir+=/b/188,lowerdir+=/b/189,lowerdir+=/b/190,lowerdir+=/b/191,lowerdir+=/b/192,lowerdir+=/b/193,lowerdir+=/b/194,lowerdir+=/b/195,lowerdir+=/b/196,lowerdir+=/b/197,lowerdir+=/b/198,lowerdir+=/b/199,lowerdir+=/b/200,lowerdir+=/b/201,lowerdir+=/b/202,lowerdir+=/b/203,lowerdir+=/b/204,lowerdir+=/b/205,lowerdir+=/b/206,lowerdir+=/b/207,lowerdir+=/b/208,lowerdir+=/b/209,lowerdir+=/b/210,lowerdir+=/b/211,lowerdir+=/b/212,lowerdir+=/b/213,lowerdir+=/b/214,lowerdir+=/b/215,lowerdir+=/b/216,lowerdir+=/b/217,lowerdir+=/b/218,lowerdir+=/b/219,upperdir=/srv/upper,workdir=/srv/work,redirect_dir=follow,metacopy=off,index=off,nfs_export=off,xino=off,rw /run/domus/domains/web/staging/root

# OCI configuration
cat > /run/domus/domains/web/bundle/config.json <<'DOMUS'
{
  "ociVersion" : "1.0.2",
  "process" : {
    "terminal" : false,
    "user" : {
      "uid" : 0,
      "gid" : 0
    },
    "args" : [ "/usr/bin/web" ],
    "env" : [ "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=linux", "HOME=/", "container=lxc-libvirt", "container_uuid=6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11", "LIBVIRT_LXC_UUID=6f1c3a52-0d5e-4c7a-9b7e-2a6d1f0e8c11", "LIBVIRT_LXC_NAME=web" ],
    "cwd" : "/",
    "capabilities" : {
      "bounding" : [ "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_KILL", "CAP_LEASE", "CAP_LINUX_IMMUTABLE", "CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_CHROOT", "CAP_SYS_NICE", "CAP_SYS_PACCT", "CAP_SYS_PTRACE", "CAP_SYS_RESOURCE", "CAP_SYS_TTY_CONFIG" ],
      "effective" : [ "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_KILL", "CAP_LEASE", "CAP_LINUX_IMMUTABLE", "CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_CHROOT", "CAP_SYS_NICE", "CAP_SYS_PACCT", "CAP_SYS_PTRACE", "CAP_SYS_RESOURCE", "CAP_SYS_TTY_CONFIG" ],
      "permitted" : [ "CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_KILL", "CAP_LEASE", "CAP_LINUX_IMMUTABLE", "CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_RAW", "CAP_SETGID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_CHROOT", "CAP_SYS_NICE", "CAP_SYS_PACCT", "CAP_SYS_PTRACE", "CAP_SYS_RESOURCE", "CAP_SYS_TTY_CONFIG" ]
    },
    "noNewPrivileges" : true
  },
  "root" : {
    "path" : "/run/domus/domains/web/staging/root",
    "readonly" : false
  },
  "hostname" : "web",
  "mounts" : [ {
    "destination" : "/proc",
    "type" : "proc",
    "source" : "proc",
    "options" : [ "nosuid", "noexec", "nodev" ]
  }, {
    "destination" : "/dev",
    "type" : "tmpfs",
    "source" : "tmpfs",
    "options" : [ "nosuid", "strictatime", "mode=755", "size=65536k" ]
  }, {
    "destination" : "/sys",
    "type" : "sysfs",
    "source" : "sysfs",
    "options" : [ "nosuid", "noexec", "nodev", "ro" ]
  }, {
    "destination" : "/dev/pts",
    "type" : "devpts",
    "source" : "devpts",
    "options" : [ "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5" ]
  }, {
    "destination" : "/dev/shm",
    "type" : "tmpfs",
    "source" : "shm",
    "options" : [ "nosuid", "noexec", "nodev", "mode=1777", "size=65536k" ]
  }, {
    "destination" : "/dev/mqueue",
    "type" : "mqueue",
    "source" : "mqueue",
    "options" : [ "nosuid", "noexec", "nodev" ]
  }, {
    "destination" : "/sys/fs/cgroup",
    "type" : "cgroup",
    "source" : "cgroup",
    "options" : [ "nosuid", "noexec", "nodev", "relatime", "rw" ]
  } ],
  "linux" : {
    "namespaces" : [ {
      "type" : "pid"
    }, {
      "type" : "mount"
    }, {
      "type" : "uts"
    }, {
      "type" : "ipc"
    }, {
      "type" : "cgroup"
    }, {
      "type" : "network"
    } ],
    "cgroupsPath" : "/domus-system-web",
    "resources" : {
      "memory" : {
        "limit" : 268435456
      },
      "cpu" : {
        "period" : 100000,
        "quota" : 100000
      },
      "pids" : {
        "limit" : 16384
      },
      "devices" : [ {
        "allow" : false,
        "access" : "rwm"
      } ]
    },
    "seccomp" : {
      "defaultAction" : "SCMP_ACT_ALLOW",
      "syscalls" : [ {
        "names" : [ "acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "create_module", "delete_module", "finit_module", "get_kernel_syms", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kexec_file_load", "kexec_load", "keyctl", "lookup_dcookie", "nfsservctl", "open_by_handle_at", "perf_event_open", "query_module", "request_key", "settimeofday", "stime", "swapoff", "swapon", "userfaultfd", "vm86", "vm86old" ],
        "action" : "SCMP_ACT_ERRNO",
        "errnoRet" : 1
      } ]
    },
    "maskedPaths" : [ "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware" ],
    "readonlyPaths" : [ "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" ]
  }
}
DOMUS
chmod 0600 /run/domus/domains/web/bundle/config.json

# container with init /usr/bin/web (domain.xml:8)
{ cd /run/domus/domains/web && _OCI_SYNCPIPE=3 /bin/sh /opt/domus/conf/libexec/monitor /run/domus/domains/web/monitor.pid /usr/bin/conmon --api-version --sync -c web -u web -n web -r /usr/bin/crun -b /run/domus/domains/web/bundle -p /run/domus/domains/web/init.pid -l k8s-file:../../../../var/log/domus/web.log --exit-dir /run/domus/domains/web/exits --persist-dir /run/domus/domains/web --socket-dir-path /run/domus/domains/web/sockets --no-sync-log --exit-command /opt/domus/conf/libexec/exit --exit-command-arg /run/domus/domains/web --exit-command-arg web --exit-command-arg /opt/domus/domus --exit-command-arg -c --exit-command-arg lxc:///system --exit-command-arg drain-exits --runtime-arg --root --runtime-arg /run/domus/crun --runtime-arg --cgroup-manager=cgroupfs -i --leave-stdin-open; } >/run/domus/domains/web/report &
while ! [ -s /run/domus/domains/web/init.pid ]; do
  kill -0 "$!" || { cat /run/domus/domains/web/report; exit 1; }
  sleep 0.02
done
rm -f /run/domus/domains/web/report

# run the guest's init (domain.xml:8)
/usr/bin/crun --root /run/domus/crun --cgroup-manager=cgroupfs start web
