#!/bin/sh
# net-destroy network wire; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/wire/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/wire/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/wire/dnsmasq.conf' || :
rm -f /run/domus/networks/wire/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/wire0/address; then ip link delete dev wire0; fi

# rules of the other networks
cat > /run/domus/networks/wire/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/wire/rules.before.nft

# all rules in one transaction
nft -f /run/domus/networks/wire/rules.before.nft

# what the run read
rm -f /run/domus/networks/wire/hosts/definition

# what the run read
rm -f /run/domus/networks/wire/names/definition

# what the run read
rm -f /run/domus/networks/wire/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/wire/bridge.ip

# what the run read
rm -f /run/domus/networks/wire/bridge.before.ip

# what the run read
rm -f /run/domus/networks/wire/rules.nft

# what the run read
rm -f /run/domus/networks/wire/rules.before.nft

# what the run read
if [ -d /run/domus/networks/wire/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/wire/hosts; fi

# what the run read
if [ -d /run/domus/networks/wire/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/wire/names; fi

# who is still connected stays
if [ -d /run/domus/networks/wire/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/wire/ports; fi
