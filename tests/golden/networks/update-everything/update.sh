#!/bin/sh
# net-update network lab; run in: the host's namespaces
set -eu

# the spanning tree protocol
ip link set dev dom0 type bridge forward_delay 0 stp_state 0

# the largest packet
ip link set dev dom0 mtu 1500

# whether the host has addresses of IPv6 there
echo 0 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# what takes the next step back
cat > /run/domus/networks/lab/bridge.before.ip <<'DOMUS'
address delete 198.51.100.1/24 dev dom0
address delete 2001:db8::1/64 dev dom0
route add 203.0.113.0/24 via 192.0.2.2 dev dom0 proto static
DOMUS
chmod 0600 /run/domus/networks/lab/bridge.before.ip

# addresses and routes that change
cat > /run/domus/networks/lab/bridge.ip <<'DOMUS'
route delete 203.0.113.0/24 via 192.0.2.2 dev dom0 proto static
address add 198.51.100.1/24 broadcast + dev dom0
address add 2001:db8::1/64 dev dom0
DOMUS
chmod 0600 /run/domus/networks/lab/bridge.ip

# change the addresses of the host
ip -batch /run/domus/networks/lab/bridge.ip

# what goes to the guests is shared out
tc qdisc replace dev dom0 root handle 1: htb default 1

# nothing is limited any more
tc qdisc delete dev dom0 root

# what takes the next step back
cat > /run/domus/networks/lab/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    iifname "dom0" ip saddr 192.0.2.0/24 accept
    iifname "dom0" ip saddr 203.0.113.0/24 accept
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    oifname "dom0" ip daddr 192.0.2.0/24 ct state established,related accept
    oifname "dom0" ip daddr 203.0.113.0/24 ct state established,related accept
    oifname "dom0" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 192.0.2.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network lab"
    ip saddr 192.0.2.0/24 oifname != "dom0" masquerade
    ip saddr 203.0.113.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network lab"
    ip saddr 203.0.113.0/24 oifname != "dom0" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/lab/rules.before.nft

# rules of all networks
cat > /run/domus/networks/lab/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain limits {
    type filter hook prerouting priority raw; policy accept;
    iifname "dom0" limit rate over 1000000 bytes/second burst 65536 bytes drop comment "network lab"
  }
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    iifname "dom0" oifname "eth1" ip saddr 192.0.2.0/24 accept
    iifname "dom0" oifname "eth1" ip saddr 198.51.100.0/24 accept
    iifname "dom0" oifname "eth1" ip6 saddr 2001:db8::/64 accept
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network lab"
    oifname "dom0" iifname "eth1" ip daddr 192.0.2.0/24 accept
    oifname "dom0" iifname "eth1" ip daddr 198.51.100.0/24 accept
    oifname "dom0" iifname "eth1" ip6 daddr 2001:db8::/64 accept
    oifname "dom0" reject with icmpx admin-prohibited
  }
}
DOMUS
chmod 0600 /run/domus/networks/lab/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/lab/rules.nft

# configuration to be tried
cat > /run/domus/networks/lab/dnsmasq.conf.new <<'DOMUS'
pid-file=/run/domus/networks/lab/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/lab/names
dhcp-range=192.0.2.2,192.0.2.19,255.255.255.0
dhcp-range=2001:db8::,ra-only,64
enable-ra
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir=/run/domus/networks/lab/hosts
dhcp-leasefile=/var/lib/domus/networks/lab/leases
DOMUS
chmod 0644 /run/domus/networks/lab/dnsmasq.conf.new

# dnsmasq understands it
dnsmasq --test --conf-file=/run/domus/networks/lab/dnsmasq.conf.new

# it was tried
rm -f /run/domus/networks/lab/dnsmasq.conf.new

# what dnsmasq reads
cat > /run/domus/networks/lab/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/lab/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/lab/names
dhcp-range=192.0.2.2,192.0.2.19,255.255.255.0
dhcp-range=2001:db8::,ra-only,64
enable-ra
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir=/run/domus/networks/lab/hosts
dhcp-leasefile=/var/lib/domus/networks/lab/leases
DOMUS
chmod 0644 /run/domus/networks/lab/dnsmasq.conf

# DHCP and DNS
kill "$(cut -d ' ' -f 1 /run/domus/networks/lab/dnsmasq.pid)" || :
while kill -0 "$(cut -d ' ' -f 1 /run/domus/networks/lab/dnsmasq.pid)"; do sleep 0.02; done 2>/dev/null
pkill -fx 'dnsmasq --conf-file=/run/domus/networks/lab/dnsmasq.conf' || :
dnsmasq --conf-file=/run/domus/networks/lab/dnsmasq.conf

# what this network needs
cat > /run/domus-forwarding/users/system:lab <<'DOMUS'
ipv4 ipv6
DOMUS
chmod 0644 /run/domus-forwarding/users/system:lab

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv6 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv6

# the host forwards ipv6
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
