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

# mount point (domain.xml:15)
mkdir -p -m 0755 /run/domus/domains/web/staging/root

# root filesystem of the guest (domain.xml:15)
mount --rbind --make-rprivate /srv/web /run/domus/domains/web/staging/root

# the guest's own name
cat > /run/domus/domains/web/bundle/hosts <<'DOMUS'
127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
ff02::1 ip6-allnodes
ff02::2 ip6-allrouters
192.168.122.7 web.lab.example web
fd00::7 web.lab.example web
DOMUS
chmod 0644 /run/domus/domains/web/bundle/hosts

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
    "destination" : "/etc/hosts",
    "type" : "bind",
    "source" : "/run/domus/domains/web/bundle/hosts",
    "options" : [ "bind", "nosuid", "nodev", "noexec", "rprivate" ]
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
    }, {
      "type" : "user"
    } ],
    "uidMappings" : [ {
      "containerID" : 0,
      "hostID" : 100000,
      "size" : 65536
    } ],
    "gidMappings" : [ {
      "containerID" : 0,
      "hostID" : 100000,
      "size" : 65536
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

# interfaces on the host
cat > /run/domus/domains/web/links.ip <<'DOMUS'
link add name vnet0 address fe:54:00:aa:bb:01 type veth peer name eth0 address 52:54:00:aa:bb:01 netns ./netns
link set dev vnet0 addrgenmode none
link set dev vnet0 master dom0
link set dev vnet0 type bridge_slave hairpin on
link set dev vnet0 up
DOMUS
chmod 0600 /run/domus/domains/web/links.ip

# interfaces in the guest
cat > /run/domus/domains/web/guest.ip <<'DOMUS'
address add 192.168.122.7/24 broadcast + dev eth0
address add fd00::7/64 dev eth0 nodad
link set dev eth0 up
route add default via 192.168.122.1 dev eth0 proto static
route add default via fd00::1 dev eth0 proto static onlink
DOMUS
chmod 0600 /run/domus/domains/web/guest.ip

# container with init /usr/bin/web (domain.xml:12)
{ cd /run/domus/domains/web && _OCI_SYNCPIPE=3 /bin/sh /opt/domus/conf/libexec/monitor /run/domus/domains/web/monitor.pid /usr/bin/conmon --api-version --sync -c web -u web -n web -r /usr/bin/crun -b /run/domus/domains/web/bundle -p /run/domus/domains/web/init.pid -l k8s-file:../../../../var/log/domus/web.log --exit-dir /run/domus/domains/web/exits --persist-dir /run/domus/domains/web --socket-dir-path /run/domus/domains/web/sockets --no-sync-log --exit-command /opt/domus/conf/libexec/exit --exit-command-arg /run/domus/domains/web --exit-command-arg web --exit-command-arg /opt/domus/domus --exit-command-arg -c --exit-command-arg lxc:///system --exit-command-arg drain-exits --runtime-arg --root --runtime-arg /run/domus/crun --runtime-arg --cgroup-manager=cgroupfs -i --leave-stdin-open; } >/run/domus/domains/web/report &
while ! [ -s /run/domus/domains/web/init.pid ]; do
  kill -0 "$!" || { cat /run/domus/domains/web/report; exit 1; }
  sleep 0.02
done
rm -f /run/domus/domains/web/report

# the guest's network
ln -sfn /proc/"$(cut -d ' ' -f 1 /run/domus/domains/web/init.pid)"/ns/net /run/domus/domains/web/netns

# connected to network 'default', tcp port 8080 of the host leads to its 80 (domain.xml:19)
cat > /run/domus/networks/default/ports/52-54-00-aa-bb-01 <<'DOMUS'
{"domain":"web","mac":"52:54:00:aa:bb:01","device":"vnet0","addresses":["192.168.122.7","fd00::7"],"published":[{"protocol":"tcp","host":8080,"guest":80}]}
DOMUS
chmod 0600 /run/domus/networks/default/ports/52-54-00-aa-bb-01

# connect the guest (domain.xml:19)
(cd /run/domus/domains/web && ip -batch /run/domus/domains/web/links.ip)

# no addresses but those that it is given
nsenter --net=/run/domus/domains/web/netns -- sh -c '[ ! -e /proc/sys/net/ipv6/conf/eth0/autoconf ] || echo 0 >/proc/sys/net/ipv6/conf/eth0/autoconf'

# give the guest its addresses and routes
nsenter --net=/run/domus/domains/web/netns -- ip -batch /run/domus/domains/web/guest.ip

# run the guest's init (domain.xml:12)
/usr/bin/crun --root /run/domus/crun --cgroup-manager=cgroupfs start web
