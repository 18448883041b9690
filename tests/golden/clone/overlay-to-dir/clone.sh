#!/bin/sh
# clone domain b; run in: unshare --mount --propagation slave sh
set -eu

# storage of the copy
mkdir -m 0700 /var/lib/domus/storage/b
: >/var/lib/domus/storage/b/.domus-storage

# what the copy's making needs
mkdir -p -m 0755 /run/domus/domains/b

# links to devices
mkdir -p -m 0700 /run/domus/domains/b/devices

# staging of mounts
mkdir -p -m 0711 /run/domus/domains/b/staging

# mount points that the host never sees
mount -t tmpfs tmpfs -o rw,size=1048576,mode=0755 /run/domus/domains/b/staging

# storage of the copy (domain.xml:9)
mkdir -p -m 0700 /var/lib/domus/storage/b/root

# mount point (domain.xml:9)
mkdir -p -m 0755 /run/domus/domains/b/staging/c1

# tree of the source (domain.xml:9)
mount -t overlay overlay -o lowerdir=/srv/a/upper:/var/lib/domus/layers/bbbbbbbbbbbb/diff:/srv/base,redirect_dir=follow,metacopy=off,index=off,nfs_export=off,xino=off,ro /run/domus/domains/b/staging/c1

# all that the guest sees (domain.xml:9)
mkdir -p /var/lib/domus/storage/b/root
cp --archive --one-file-system --reflink=auto --preserve=xattr -T /run/domus/domains/b/staging/c1/. /var/lib/domus/storage/b/root/tree

# the clone is not its source (domain.xml:9)
if [ -f /var/lib/domus/storage/b/root/tree/etc/hostname ] && ! [ -L /var/lib/domus/storage/b/root/tree/etc/hostname ]; then echo b >/var/lib/domus/storage/b/root/tree/etc/hostname; fi
if [ -f /var/lib/domus/storage/b/root/tree/etc/hosts ] && ! [ -L /var/lib/domus/storage/b/root/tree/etc/hosts ]; then sed -i 's/\ba\b/b/g' /var/lib/domus/storage/b/root/tree/etc/hosts; fi
if [ -f /var/lib/domus/storage/b/root/tree/etc/machine-id ] && ! [ -L /var/lib/domus/storage/b/root/tree/etc/machine-id ]; then : >/var/lib/domus/storage/b/root/tree/etc/machine-id; fi
rm -f /var/lib/domus/storage/b/root/tree/etc/ssh/ssh_host_*_key*

# unmount
if mountpoint -q /run/domus/domains/b/staging/c1; then umount /run/domus/domains/b/staging/c1 || umount --lazy /run/domus/domains/b/staging/c1; fi

# the copy is on the disk before anything names it (domain.xml:9)
sync --file-system /var/lib/domus/storage/b/root

# unmount
if mountpoint -q /run/domus/domains/b/staging; then umount /run/domus/domains/b/staging || umount --lazy /run/domus/domains/b/staging; fi

# staging of mounts
if [ -d /run/domus/domains/b/staging ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/b/staging; fi

# links to devices
if [ -d /run/domus/domains/b/devices ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/b/devices; fi

# what the copy's making needed
if [ -d /run/domus/domains/b ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/b; fi

# definition of the copy
cat > /etc/domus/domains/.b.xml.cloning <<'DOMUS'
<domain type='lxc'>
  <name>b</name>
  <uuid>0b5e4c7a-9b7e-4a6d-8f0e-8c116f1c3a52</uuid>
  <memory unit='KiB'>65536</memory>
  <currentMemory unit='KiB'>65536</currentMemory>
  <vcpu>1</vcpu>
  <os>
    <type>exe</type>
    <init>/sbin/init</init>
  </os>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <filesystem type='mount'>
      <source dir='/var/lib/domus/storage/b/root/tree'/>
      <target dir='/'/>
    </filesystem>
  </devices>
</domain>
DOMUS
chmod 0644 /etc/domus/domains/.b.xml.cloning

# now there is such a domain
mv -nT /etc/domus/domains/.b.xml.cloning /etc/domus/domains/b.xml

# the copy is complete
# from here on there is no way back
