#!/bin/sh
# undefine domain web; run in: unshare --mount --propagation slave sh
set -eu

# upper directory
mv -nT /mnt/x/web/upper /mnt/x/web/.domus-removed-0123456789ab-1

# upper directory
mv -nT /mnt/x/web/work /mnt/x/web/.domus-removed-0123456789ab-2

# what was sealed
mv -nT /var/lib/domus/uppers/0011223344556677.json /var/lib/domus/uppers/.domus-removed-0123456789ab-3

# layer
mv -nT /mnt/x/web/.domus-layers/aabbccddeeff /mnt/x/web/.domus-layers/.domus-removed-0123456789ab-4

# layer
mv -nT /var/lib/domus/layers/aabbccddeeff /var/lib/domus/layers/.domus-removed-0123456789ab-5

# the definition
mv -nT /etc/domus/domains/web.xml /etc/domus/domains/.domus-removed-0123456789ab-6

# there is no such domain any more
# from here on there is no way back

# upper directory
rm -rf --one-file-system /mnt/x/web/.domus-removed-0123456789ab-1

# upper directory
rm -rf --one-file-system /mnt/x/web/.domus-removed-0123456789ab-2

# what was sealed
rm -f /var/lib/domus/uppers/.domus-removed-0123456789ab-3

# layer
rm -rf --one-file-system /mnt/x/web/.domus-layers/.domus-removed-0123456789ab-4

# layer
rm -rf --one-file-system /var/lib/domus/layers/.domus-removed-0123456789ab-5

# the definition
rm -f /etc/domus/domains/.domus-removed-0123456789ab-6

# if nothing else is in it
if [ -d /mnt/x/web/.domus-layers ]; then rmdir --ignore-fail-on-non-empty /mnt/x/web/.domus-layers; fi

# how the last run ended
rm -f /run/domus/domains/web/status.json

# how the last run ended
if [ -d /run/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/web; fi

# if nothing else is in it
if [ -d /var/lib/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/domains/web; fi
