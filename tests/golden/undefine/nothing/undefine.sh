#!/bin/sh
# undefine domain web; run in: unshare --mount --propagation slave sh
set -eu

# the definition
mv -nT /etc/domus/domains/web.xml /etc/domus/domains/.domus-removed-0123456789ab-1

# there is no such domain any more
# from here on there is no way back

# the definition
rm -f /etc/domus/domains/.domus-removed-0123456789ab-1

# how the last run ended
rm -f /run/domus/domains/web/status.json

# how the last run ended
if [ -d /run/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /run/domus/domains/web; fi

# if nothing else is in it
if [ -d /var/lib/domus/domains/web ]; then rmdir --ignore-fail-on-non-empty /var/lib/domus/domains/web; fi
