#!/bin/sh
# net-destroy network shop; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/shop/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/shop/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/shop/dnsmasq.conf' || :
rm -f /run/domus/networks/shop/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# rules of the other networks
cat > /run/domus/networks/shop/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/shop/rules.before.nft

# all rules in one transaction
nft -f /run/domus/networks/shop/rules.before.nft

# this network needs it no more
rm -f /run/domus-forwarding/users/system:shop

# if nobody else needs it
if [ -d /run/domus-forwarding/users ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding/users; fi

# if nobody else needs it
if [ -d /run/domus-forwarding ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding; fi

# what the run read
rm -f /run/domus/networks/shop/hosts/definition

# what the run read
rm -f /run/domus/networks/shop/names/definition

# what the run read
rm -f /run/domus/networks/shop/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/shop/bridge.ip

# what the run read
rm -f /run/domus/networks/shop/bridge.before.ip

# what the run read
rm -f /run/domus/networks/shop/rules.nft

# what the run read
rm -f /run/domus/networks/shop/rules.before.nft

# what the run read
if [ -d /run/domus/networks/shop/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/shop/hosts; fi

# what the run read
if [ -d /run/domus/networks/shop/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/shop/names; fi

# who is still connected stays
if [ -d /run/domus/networks/shop/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/shop/ports; fi
