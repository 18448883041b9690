#!/bin/sh
# net-destroy network default; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/default/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/default/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/default/dnsmasq.conf' || :
rm -f /run/domus/networks/default/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# this network needs it no more
rm -f /run/domus-forwarding/users/system:default

# if nobody else needs it
if [ -d /run/domus-forwarding/users ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding/users; fi

# if nobody else needs it
if [ -d /run/domus-forwarding ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding; fi

# what the run read
rm -f /run/domus/networks/default/hosts/definition

# what the run read
rm -f /run/domus/networks/default/names/definition

# what the run read
rm -f /run/domus/networks/default/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/default/bridge.ip

# what the run read
rm -f /run/domus/networks/default/bridge.before.ip

# what the run read
rm -f /run/domus/networks/default/rules.nft

# what the run read
rm -f /run/domus/networks/default/rules.before.nft

# what the run read
if [ -d /run/domus/networks/default/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/default/hosts; fi

# what the run read
if [ -d /run/domus/networks/default/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/default/names; fi

# who is still connected stays
if [ -d /run/domus/networks/default/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/default/ports; fi
