#!/bin/sh
# undefine domain web; run in: unshare --mount --propagation slave sh
set -eu

# upper directory
mv -nT /var/lib/domus/storage/web /var/lib/domus/storage/.domus-removed-0123456789ab-1

# what was sealed
mv -nT /var/lib/domus/uppers/0011223344556677.json /var/lib/domus/uppers/.domus-removed-0123456789ab-2

# layer
mv -nT /var/lib/domus/layers/aabbccddeeff /var/lib/domus/layers/.domus-removed-0123456789ab-3

# the definition
mv -nT /etc/domus/domains/web.xml /etc/domus/domains/.domus-removed-0123456789ab-4

# the uuid
mv -nT /var/lib/domus/domains/web/identity /var/lib/domus/domains/web/.domus-removed-0123456789ab-5

# there is no such domain any more
# from here on there is no way back

# upper directory
rm -rf --one-file-system /var/lib/domus/storage/.domus-removed-0123456789ab-1

# what was sealed
rm -f /var/lib/domus/uppers/.domus-removed-0123456789ab-2

# layer
rm -rf --one-file-system /var/lib/domus/layers/.domus-removed-0123456789ab-3

# the definition
rm -f /etc/domus/domains/.domus-removed-0123456789ab-4

# the uuid
rm -f /var/lib/domus/domains/web/.domus-removed-0123456789ab-5

# how the last run ended
rm -f /run/domus/domains/web/status.json

# how the last run ended
if [ -d /run/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/web; fi

# if nothing else is in it
if [ -d /var/lib/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/domains/web; fi
