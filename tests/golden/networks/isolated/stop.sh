#!/bin/sh
# net-destroy network lab; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/lab/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/lab/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/lab/dnsmasq.conf' || :
rm -f /run/domus/networks/lab/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# rules of the other networks
cat > /run/domus/networks/lab/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/lab/rules.before.nft

# all rules in one transaction
nft -f /run/domus/networks/lab/rules.before.nft

# what the run read
rm -f /run/domus/networks/lab/hosts/definition

# what the run read
rm -f /run/domus/networks/lab/names/definition

# what the run read
rm -f /run/domus/networks/lab/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/lab/bridge.ip

# what the run read
rm -f /run/domus/networks/lab/bridge.before.ip

# what the run read
rm -f /run/domus/networks/lab/rules.nft

# what the run read
rm -f /run/domus/networks/lab/rules.before.nft

# what the run read
if [ -d /run/domus/networks/lab/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/lab/hosts; fi

# what the run read
if [ -d /run/domus/networks/lab/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/lab/names; fi

# who is still connected stays
if [ -d /run/domus/networks/lab/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/lab/ports; fi
