#!/bin/sh
# undefine domain web; run in: unshare --mount --propagation slave sh
set -eu

# image
mv -nT '/srv/disk image.qcow2' /srv/.domus-removed-0123456789ab-1

# upper directory
mv -nT /srv/btrfs/web /srv/btrfs/.domus-removed-0123456789ab-2

# upper directory
mv -nT /var/lib/domus/storage/web/root/upper /var/lib/domus/storage/web/root/.domus-removed-0123456789ab-3

# the definition
mv -nT /etc/domus/domains/web.xml /etc/domus/domains/.domus-removed-0123456789ab-4

# there is no such domain any more
# from here on there is no way back

# image
rm -f /srv/.domus-removed-0123456789ab-1

# upper directory
rm -rf --one-file-system /srv/btrfs/.domus-removed-0123456789ab-2

# upper directory
rm -rf --one-file-system /var/lib/domus/storage/web/root/.domus-removed-0123456789ab-3

# the definition
rm -f /etc/domus/domains/.domus-removed-0123456789ab-4

# if nothing else is in it
if [ -d /var/lib/domus/storage/web/root ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/storage/web/root; fi

# how the last run ended
rm -f /run/domus/domains/web/status.json

# how the last run ended
if [ -d /run/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/web; fi

# if nothing else is in it
if [ -d /var/lib/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/domains/web; fi
