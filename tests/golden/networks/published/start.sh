#!/bin/sh
# net-start network shop; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 /var/lib/domus/networks/shop

# state of the run
mkdir -p -m 0755 /run/domus/networks/shop

# who is connected
mkdir -p -m 0755 /run/domus/networks/shop/ports

# the bridge (network.xml:1)
ip link add name dom0 address 52:54:00:00:00:00 type bridge forward_delay 0 stp_state 0

# whose it is
ip link set dev dom0 alias domus:system:shop

# the network has no address of IPv6 (network.xml:1)
echo 1 >/proc/sys/net/ipv6/conf/dom0/disable_ipv6

# addresses and routes of the host
cat > /run/domus/networks/shop/bridge.ip <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev dom0
link set dev dom0 up
DOMUS
chmod 0644 /run/domus/networks/shop/bridge.ip

# give the bridge its addresses and bring it up
ip -batch /run/domus/networks/shop/bridge.ip

# domain 'web' was connected before
ip link set dev vnet0 master dom0 || :

# and reached its own published ports
ip link set dev vnet0 type bridge_slave hairpin on || :

# domain 'lone' was connected before
ip link set dev vnet2 master dom0 || :

# and reached no other isolated one
ip link set dev vnet2 type bridge_slave isolated on || :

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > /run/domus-forwarding/users/system:shop <<'DOMUS'
ipv4
DOMUS
chmod 0644 /run/domus-forwarding/users/system:shop

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv4 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv4

# the host forwards ipv4
echo 1 >/proc/sys/net/ipv4/ip_forward

# rules of the other networks
cat > /run/domus/networks/shop/rules.before.nft <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 /run/domus/networks/shop/rules.before.nft

# rules of all networks
cat > /run/domus/networks/shop/rules.nft <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain prerouting {
    type nat hook prerouting priority dstnat; policy accept;
    meta nfproto ipv4 fib daddr type local tcp dport 8080 dnat ip to 192.0.2.9:80
    ip daddr 198.51.100.1 udp dport 53 dnat ip to 192.0.2.10:53
  }
  chain output {
    type nat hook output priority dstnat; policy accept;
    ip daddr != 127.0.0.0/8 meta nfproto ipv4 fib daddr type local tcp dport 8080 dnat ip to 192.0.2.9:80
    ip daddr != 127.0.0.0/8 ip daddr 198.51.100.1 udp dport 53 dnat ip to 192.0.2.10:53
  }
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network shop"
    iifname "dom0" ct status dnat ct direction reply accept
    iifname "dom0" ip saddr 192.0.2.0/24 accept
    iifname "dom0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "dom0" oifname "dom0" accept comment "network shop"
    oifname "dom0" ct status dnat accept
    oifname "dom0" ip daddr 192.0.2.0/24 ct state established,related accept
    oifname "dom0" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    iifname "dom0" oifname "dom0" ct status dnat masquerade comment "network shop"
    oifname "dom0" ip saddr 192.0.2.9 ip daddr 192.0.2.9 ct status dnat masquerade
    oifname "dom0" ip saddr 192.0.2.10 ip daddr 192.0.2.10 ct status dnat masquerade
    ip saddr 192.0.2.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network shop"
    ip saddr 192.0.2.0/24 oifname != "dom0" masquerade
  }
}
DOMUS
chmod 0600 /run/domus/networks/shop/rules.nft

# all rules in one transaction
nft -f /run/domus/networks/shop/rules.nft

# addresses for guests
mkdir -p -m 0755 /run/domus/networks/shop/hosts

# names of guests
mkdir -p -m 0755 /run/domus/networks/shop/names

# configuration of dnsmasq
cat > /run/domus/networks/shop/dnsmasq.conf <<'DOMUS'
pid-file=/run/domus/networks/shop/dnsmasq.pid
user=dnsmasq
interface=dom0
except-interface=lo
bind-dynamic
strict-order
hostsdir=/run/domus/networks/shop/names
DOMUS
chmod 0644 /run/domus/networks/shop/dnsmasq.conf

# DHCP and DNS (network.xml:4)
dnsmasq --conf-file=/run/domus/networks/shop/dnsmasq.conf
