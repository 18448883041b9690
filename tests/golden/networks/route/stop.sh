#!/bin/sh
# net-destroy network routed; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/routed/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/routed/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/routed/dnsmasq.conf' || :
rm -f /run/domus/networks/routed/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# rules of the other networks
cat > /run/domus/networks/routed/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/routed/rules.before.nft

# all rules in one transaction
nft -f /run/domus/networks/routed/rules.before.nft

# this network needs it no more
rm -f /run/domus-forwarding/users/system:routed

# if nobody else needs it
if [ -d /run/domus-forwarding/users ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding/users; fi

# if nobody else needs it
if [ -d /run/domus-forwarding ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding; fi

# what the run read
rm -f /run/domus/networks/routed/hosts/definition

# what the run read
rm -f /run/domus/networks/routed/names/definition

# what the run read
rm -f /run/domus/networks/routed/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/routed/bridge.ip

# what the run read
rm -f /run/domus/networks/routed/bridge.before.ip

# what the run read
rm -f /run/domus/networks/routed/rules.nft

# what the run read
rm -f /run/domus/networks/routed/rules.before.nft

# what the run read
if [ -d /run/domus/networks/routed/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/routed/hosts; fi

# what the run read
if [ -d /run/domus/networks/routed/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/routed/names; fi

# who is still connected stays
if [ -d /run/domus/networks/routed/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/routed/ports; fi
