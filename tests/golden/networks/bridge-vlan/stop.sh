#!/bin/sh
# net-destroy network tagged; run in: the host's namespaces
set -eu

# what the run read
rm -f /run/domus/networks/tagged/hosts/definition

# what the run read
rm -f /run/domus/networks/tagged/names/definition

# what the run read
rm -f /run/domus/networks/tagged/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/tagged/bridge.ip

# what the run read
rm -f /run/domus/networks/tagged/bridge.before.ip

# what the run read
rm -f /run/domus/networks/tagged/rules.nft

# what the run read
rm -f /run/domus/networks/tagged/rules.before.nft

# what the run read
if [ -d /run/domus/networks/tagged/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/tagged/hosts; fi

# what the run read
if [ -d /run/domus/networks/tagged/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/tagged/names; fi

# who is still connected stays
if [ -d /run/domus/networks/tagged/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/tagged/ports; fi
