#!/bin/sh
# undefine domain web; run in: unshare --mount --propagation slave sh
set -eu

# upper directory
mv -nT /srv/web/upper /srv/web/.domus-removed-0123456789ab-1

# upper directory
mv -nT /srv/web/work /srv/web/.domus-removed-0123456789ab-2

# the definition
mv -nT /etc/domus/domains/web.xml /etc/domus/domains/.domus-removed-0123456789ab-3

# the uuid
mv -nT /var/lib/domus/domains/web/identity /var/lib/domus/domains/web/.domus-removed-0123456789ab-4

# there is no such domain any more
# from here on there is no way back

# upper directory
rm -rf --one-file-system /srv/web/.domus-removed-0123456789ab-1

# upper directory
rm -rf --one-file-system /srv/web/.domus-removed-0123456789ab-2

# the definition
rm -f /etc/domus/domains/.domus-removed-0123456789ab-3

# the uuid
rm -f /var/lib/domus/domains/web/.domus-removed-0123456789ab-4

# how the last run ended
rm -f /run/domus/domains/web/status.json

# how the last run ended
if [ -d /run/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/web; fi

# if nothing else is in it
if [ -d /var/lib/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/domains/web; fi
