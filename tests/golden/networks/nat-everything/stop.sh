#!/bin/sh
# net-destroy network full of "things"; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 '/run/domus/networks/full of "things"/dnsmasq.pid')" || :
while kill -0 "$(cut -d ' ' -f 1 '/run/domus/networks/full of "things"/dnsmasq.pid')"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/full of "things"/dnsmasq.conf' || :
rm -f '/run/domus/networks/full of "things"/dnsmasq.pid'

# the bridge, with addresses and routes
if grep -qsx 52:54:00:12:34:56 /sys/class/net/full0/address; then ip link delete dev full0; fi

# rules of the other networks
cat > '/run/domus/networks/full of "things"/rules.before.nft' <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 '/run/domus/networks/full of "things"/rules.before.nft'

# all rules in one transaction
nft -f '/run/domus/networks/full of "things"/rules.before.nft'

# this network needs it no more
rm -f '/run/domus-forwarding/users/system:full of "things"'

# if nobody else needs it
if [ -d /run/domus-forwarding/users ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding/users; fi

# if nobody else needs it
if [ -d /run/domus-forwarding ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding; fi

# what the run read
rm -f '/run/domus/networks/full of "things"/hosts/definition'

# what the run read
rm -f '/run/domus/networks/full of "things"/names/definition'

# what the run read
rm -f '/run/domus/networks/full of "things"/hosts/52-54-00-00-00-aa'

# what the run read
rm -f '/run/domus/networks/full of "things"/names/52-54-00-00-00-aa'

# what the run read
rm -f '/run/domus/networks/full of "things"/dnsmasq.conf'

# what the run read
rm -f '/run/domus/networks/full of "things"/bridge.ip'

# what the run read
rm -f '/run/domus/networks/full of "things"/bridge.before.ip'

# what the run read
rm -f '/run/domus/networks/full of "things"/rules.nft'

# what the run read
rm -f '/run/domus/networks/full of "things"/rules.before.nft'

# what the run read
if [ -d '/run/domus/networks/full of "things"/hosts' ]; then rmdir --ignore-fail-on-non-empty '/run/domus/networks/full of "things"/hosts'; fi

# what the run read
if [ -d '/run/domus/networks/full of "things"/names' ]; then rmdir --ignore-fail-on-non-empty '/run/domus/networks/full of "things"/names'; fi

# who is still connected stays
if [ -d '/run/domus/networks/full of "things"/ports' ]; then rmdir --ignore-fail-on-non-empty '/run/domus/networks/full of "things"/ports'; fi
