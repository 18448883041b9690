#!/bin/sh
# net-destroy network open; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/open/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/open/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/open/dnsmasq.conf' || :
rm -f /run/domus/networks/open/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# this network needs it no more
rm -f /run/domus-forwarding/users/system:open

# if nobody else needs it
if [ -d /run/domus-forwarding/users ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding/users; fi

# if nobody else needs it
if [ -d /run/domus-forwarding ]; then rmdir --ignore-fail-on-non-empty /run/domus-forwarding; fi

# what the run read
rm -f /run/domus/networks/open/hosts/definition

# what the run read
rm -f /run/domus/networks/open/names/definition

# what the run read
rm -f /run/domus/networks/open/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/open/bridge.ip

# what the run read
rm -f /run/domus/networks/open/bridge.before.ip

# what the run read
rm -f /run/domus/networks/open/rules.nft

# what the run read
rm -f /run/domus/networks/open/rules.before.nft

# what the run read
if [ -d /run/domus/networks/open/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/open/hosts; fi

# what the run read
if [ -d /run/domus/networks/open/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/open/names; fi

# who is still connected stays
if [ -d /run/domus/networks/open/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/open/ports; fi
