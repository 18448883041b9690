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

# a new layer (domain.xml:9)
mkdir -p -m 0700 /var/lib/domus/layers/aaaaaaaaaaaa

# what the layer is (domain.xml:9)
cat > /var/lib/domus/layers/aaaaaaaaaaaa/layer.json <<'DOMUS'
{"id":"aaaaaaaaaaaa","path":"/var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2","domain":"a","created":"1970-01-01T00:00:00Z","format":"qcow2"}
DOMUS
chmod 0600 /var/lib/domus/layers/aaaaaaaaaaaa/layer.json

# owner and mode of the fresh image (domain.xml:9)
cp --attributes-only --preserve=mode,ownership,xattr /srv/a.qcow2 /srv/.a.qcow2.domus-fresh

# fresh image of 'a' (domain.xml:9)
qemu-img create -q -u -f qcow2 -b /var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2 -F qcow2 /srv/.a.qcow2.domus-fresh 2147483648

# what 'a' has written becomes a layer (domain.xml:9)
mv -nT /srv/a.qcow2 /var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2
mv -nT /srv/.a.qcow2.domus-fresh /srv/a.qcow2

# what lies beneath the image of 'a' (domain.xml:9)
{
  printf '{"upper":"%s","inode":%s,' /srv/a.qcow2 "$(stat -c %i /srv/a.qcow2)"
  printf '"userxattr":%s,"redirect":%s,"metacopy":%s,' false false false
  printf '"layers":[%s]}' '{"id":"aaaaaaaaaaaa","path":"/var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2"},{"id":"bbbbbbbbbbbb","path":"/var/lib/domus/layers/bbbbbbbbbbbb/image.qcow2"}'
} >/var/lib/domus/uppers/ee7437f238052c0f.json

# storage of the copy (domain.xml:9)
mkdir -p -m 0700 /var/lib/domus/storage/b/root

# image of the copy over the layer (domain.xml:9)
qemu-img create -q -f qcow2 -b /var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2 -F qcow2 /var/lib/domus/storage/b/root/root.qcow2 2147483648

# size of the image (domain.xml:9)
qemu-img resize -q -f qcow2 /var/lib/domus/storage/b/root/root.qcow2 4294967296

# mount point of the FUSE export (domain.xml:9)
cat > /run/domus/domains/b/devices/1.raw <<'DOMUS'
DOMUS
chmod 0600 /run/domus/domains/b/devices/1.raw

# shows the qcow2 image as a raw file (domain.xml:9)
qemu-storage-daemon --daemonize --pidfile /run/domus/domains/b/devices/1.pid --blockdev driver=file,node-name=file,filename=/var/lib/domus/storage/b/root/root.qcow2,read-only=off --blockdev driver=qcow2,node-name=image,file=file,discard=unmap,read-only=off --export type=fuse,id=export,node-name=image,allow-other=off,growable=off,mountpoint=/run/domus/domains/b/devices/1.raw,writable=on

# block device of the image (domain.xml:9)
ln -sfn "$(losetup --find --show /run/domus/domains/b/devices/1.raw)" /run/domus/domains/b/devices/2

# look through the filesystem (domain.xml:9)
e2fsck -f -p /run/domus/domains/b/devices/2 || :

# the filesystem fills the new size (domain.xml:9)
resize2fs /run/domus/domains/b/devices/2

# mount point (domain.xml:9)
mkdir -p -m 0755 /run/domus/domains/b/staging/c1

# tree of the clone (domain.xml:9)
mount -o rw /run/domus/domains/b/devices/2 /run/domus/domains/b/staging/c1

# the clone is not its source (domain.xml:9)
if [ -f /run/domus/domains/b/staging/c1/etc/hostname ] && ! [ -L /run/domus/domains/b/staging/c1/etc/hostname ]; then echo b >/run/domus/domains/b/staging/c1/etc/hostname; fi
if [ -f /run/domus/domains/b/staging/c1/etc/hosts ] && ! [ -L /run/domus/domains/b/staging/c1/etc/hosts ]; then sed -i 's/\ba\b/b/g' /run/domus/domains/b/staging/c1/etc/hosts; fi
if [ -f /run/domus/domains/b/staging/c1/etc/machine-id ] && ! [ -L /run/domus/domains/b/staging/c1/etc/machine-id ]; then : >/run/domus/domains/b/staging/c1/etc/machine-id; fi
rm -f /run/domus/domains/b/staging/c1/etc/ssh/ssh_host_*_key*

# the copy is on the disk before anything names it (domain.xml:9)
sync --file-system /run/domus/domains/b/staging/c1

# unmount
if mountpoint -q /run/domus/domains/b/staging/c1; then umount /run/domus/domains/b/staging/c1 || umount --lazy /run/domus/domains/b/staging/c1; fi

# detach the loop device
losetup --detach "$(readlink /run/domus/domains/b/devices/2)" || :
rm -f /run/domus/domains/b/devices/2

# end the helper
kill "$(cut -d ' ' -f 1 /run/domus/domains/b/devices/1.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/domains/b/devices/1.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'qemu-storage-daemon --daemonize --pidfile /run/domus/domains/b/devices/1.pid --blockdev driver=file,node-name=file,filename=/var/lib/domus/storage/b/root/root.qcow2,read-only=off --blockdev driver=qcow2,node-name=image,file=file,discard=unmap,read-only=off --export type=fuse,id=export,node-name=image,allow-other=off,growable=off,mountpoint=/run/domus/domains/b/devices/1.raw,writable=on' || :
rm -f /run/domus/domains/b/devices/1.pid

# remove the file
rm -f /run/domus/domains/b/devices/1.raw

# the copy is on the disk before anything names it (domain.xml:9)
sync --file-system /var/lib/domus/storage/b/root

# what lies beneath the clone's image (domain.xml:9)
{
  printf '{"upper":"%s","inode":%s,' /var/lib/domus/storage/b/root/root.qcow2 "$(stat -c %i /var/lib/domus/storage/b/root/root.qcow2)"
  printf '"userxattr":%s,"redirect":%s,"metacopy":%s,' false false false
  printf '"layers":[%s]}' '{"id":"aaaaaaaaaaaa","path":"/var/lib/domus/layers/aaaaaaaaaaaa/image.qcow2"},{"id":"bbbbbbbbbbbb","path":"/var/lib/domus/layers/bbbbbbbbbbbb/image.qcow2"}'
} >/var/lib/domus/uppers/2bd91110dbf1737c.json

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
    <filesystem type='file'>
      <driver type='nbd' format='qcow2'/>
      <source file='/var/lib/domus/storage/b/root/root.qcow2'/>
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
