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

# what the copy writes (domain.xml:10)
mkdir -p -m 0700 /var/lib/domus/storage/b/root

# upper directory of the copy (domain.xml:10)
mkdir /var/lib/domus/storage/b/root/upper
chown --reference=/srv/a/upper /var/lib/domus/storage/b/root/upper
chmod --reference=/srv/a/upper /var/lib/domus/storage/b/root/upper
getfattr -d -m '^(user|trusted|security|system)' -e hex --absolute-names /srv/a/upper | sed -e 's|^# file: .*|# file: '/var/lib/domus/storage/b/root/upper'|' -e '/^[a-z]*\.overlay\./d' | setfattr --restore=-

# work directory of the copy (domain.xml:10)
mkdir -p -m 0700 /var/lib/domus/storage/b/root/work

# what lies beneath the copy's upper (domain.xml:10)
{
  printf '{"upper":"%s","inode":%s,' /var/lib/domus/storage/b/root/upper "$(stat -c %i /var/lib/domus/storage/b/root/upper)"
  printf '"userxattr":%s,"redirect":%s,"metacopy":%s,' false false false
  printf '"layers":[%s]}' '{"id":"bbbbbbbbbbbb","path":"/var/lib/domus/layers/bbbbbbbbbbbb/diff"}'
} >/var/lib/domus/uppers/ce0c3a806adf3289.json

# mount point (domain.xml:9)
mkdir -p -m 0755 /run/domus/domains/b/staging/c1

# the clone's tree (domain.xml:9)
mount -t overlay overlay -o lowerdir=/var/lib/domus/layers/bbbbbbbbbbbb/diff:/srv/base,upperdir=/var/lib/domus/storage/b/root/upper,workdir=/var/lib/domus/storage/b/root/work,redirect_dir=follow,metacopy=off,index=off,nfs_export=off,xino=off,rw /run/domus/domains/b/staging/c1

# the clone is not its source (domain.xml:9)
if [ -f /run/domus/domains/b/staging/c1/etc/hostname ] && ! [ -L /run/domus/domains/b/staging/c1/etc/hostname ]; then echo b >/run/domus/domains/b/staging/c1/etc/hostname; fi
if [ -f /run/domus/domains/b/staging/c1/etc/hosts ] && ! [ -L /run/domus/domains/b/staging/c1/etc/hosts ]; then sed -i 's/\ba\b/b/g' /run/domus/domains/b/staging/c1/etc/hosts; fi
if [ -f /run/domus/domains/b/staging/c1/etc/machine-id ] && ! [ -L /run/domus/domains/b/staging/c1/etc/machine-id ]; then : >/run/domus/domains/b/staging/c1/etc/machine-id; fi
rm -f /run/domus/domains/b/staging/c1/etc/ssh/ssh_host_*_key*

# unmount
if mountpoint -q /run/domus/domains/b/staging/c1; then umount /run/domus/domains/b/staging/c1 || umount --lazy /run/domus/domains/b/staging/c1; fi

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
    <filesystem type='overlay'>
      <source dir='/var/lib/domus/storage/b/root/upper'/>
      <source dir='/var/lib/domus/storage/b/root/work'/>
      <backingStore type='dir'>
        <target dir='/srv/base'/>
      </backingStore>
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
