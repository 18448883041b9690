#!/bin/sh
# net-destroy network second; run in: the host's namespaces
set -eu

# end DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/second/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/second/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/second/dnsmasq.conf' || :
rm -f /run/domus/networks/second/dnsmasq.pid

# the bridge, with addresses and routes
if grep -qsx 52:54:00:00:00:00 /sys/class/net/dom0/address; then ip link delete dev dom0; fi

# rules of the other networks
cat > /run/domus/networks/second/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    iifname "dom1" ip saddr 198.51.100.0/24 accept
    iifname "dom1" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom1" oifname "dom1" accept comment "network first"
    oifname "dom1" ip daddr 198.51.100.0/24 ct state established,related accept
    oifname "dom1" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 198.51.100.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network first"
    ip saddr 198.51.100.0/24 oifname != "dom1" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/second/rules.before.nft

# all rules in one transaction
nft -f /run/domus/networks/second/rules.before.nft

# what the run read
rm -f /run/domus/networks/second/hosts/definition

# what the run read
rm -f /run/domus/networks/second/names/definition

# what the run read
rm -f /run/domus/networks/second/dnsmasq.conf

# what the run read
rm -f /run/domus/networks/second/bridge.ip

# what the run read
rm -f /run/domus/networks/second/bridge.before.ip

# what the run read
rm -f /run/domus/networks/second/rules.nft

# what the run read
rm -f /run/domus/networks/second/rules.before.nft

# what the run read
if [ -d /run/domus/networks/second/hosts ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/second/hosts; fi

# what the run read
if [ -d /run/domus/networks/second/names ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/second/names; fi

# who is still connected stays
if [ -d /run/domus/networks/second/ports ]; then rmdir --ignore-fail-on-non-empty /run/domus/networks/second/ports; fi
