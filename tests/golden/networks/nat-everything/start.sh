#!/bin/sh
# net-start network full of "things"; run in: the host's namespaces
set -eu

# what outlives a boot
mkdir -p -m 0755 '/var/lib/domus/networks/full of "things"'

# state of the run
mkdir -p -m 0755 '/run/domus/networks/full of "things"'

# who is connected
mkdir -p -m 0755 '/run/domus/networks/full of "things"/ports'

# the bridge (network.xml:9)
ip link add name full0 address 52:54:00:12:34:56 mtu 1400 type bridge forward_delay 400 stp_state 1

# whose it is
ip link set dev full0 alias 'domus:system:full of "things"'

# the host is the router (network.xml:38)
echo 0 >/proc/sys/net/ipv6/conf/full0/accept_ra

# the host has the addresses of the definition (network.xml:38)
echo 0 >/proc/sys/net/ipv6/conf/full0/autoconf

# addresses and routes of the host
cat > '/run/domus/networks/full of "things"/bridge.ip' <<'DOMUS'
address add 192.0.2.1/24 broadcast + dev full0
address add 2001:db8:1::1/64 dev full0
link set dev full0 up
route add 203.0.113.128/25 via 192.0.2.2 dev full0 proto static metric 7
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/bridge.ip'

# give the bridge its addresses and bring it up
ip -batch '/run/domus/networks/full of "things"/bridge.ip'

# what goes to the guests is shared out
tc qdisc replace dev full0 root handle 1: htb default 1

# and limited
tc class replace dev full0 parent 1: classid 1:1 htb rate 1000kbps ceil 2000kbps burst 256kb

# notes on packet forwarding
mkdir -p -m 0755 /run/domus-forwarding

# who needs the host to forward packets
mkdir -p -m 0755 /run/domus-forwarding/users

# this network needs it
cat > '/run/domus-forwarding/users/system:full of "things"' <<'DOMUS'
ipv4 ipv6
DOMUS
chmod 0644 '/run/domus-forwarding/users/system:full of "things"'

# it was off, and is to be so again
cat > /run/domus-forwarding/ipv6 <<'DOMUS'
0
DOMUS
chmod 0644 /run/domus-forwarding/ipv6

# the host forwards ipv6
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding

# rules of the other networks
cat > '/run/domus/networks/full of "things"/rules.before.nft' <<'DOMUS'
add table inet domus
delete table inet domus
DOMUS
chmod 0600 '/run/domus/networks/full of "things"/rules.before.nft'

# rules of all networks
cat > '/run/domus/networks/full of "things"/rules.nft' <<'DOMUS'
add table inet domus
delete table inet domus
table inet domus {
  chain limits {
    type filter hook prerouting priority raw; policy accept;
    iifname "full0" limit rate over 500000 bytes/second burst 32768 bytes drop comment "network full of _things_"
  }
  chain from_guests {
    type filter hook forward priority filter; policy accept;
    iifname "full0" oifname "full0" accept comment "network full of _things_"
    iifname "full0" oifname "eth1" ip saddr 192.0.2.0/24 accept
    iifname "full0" oifname "eth1" ip6 saddr 2001:db8:1::/64 accept
    iifname "full0" oifname "eth1" ip saddr 203.0.113.128/25 accept
    iifname "full0" reject with icmpx admin-prohibited
  }
  chain to_guests {
    type filter hook forward priority filter + 1; policy accept;
    iifname "full0" oifname "full0" accept comment "network full of _things_"
    oifname "full0" iifname "eth1" ip daddr 192.0.2.0/24 ct state established,related accept
    oifname "full0" iifname "eth1" ip6 daddr 2001:db8:1::/64 ct state established,related accept
    oifname "full0" iifname "eth1" ip daddr 203.0.113.128/25 ct state established,related accept
    oifname "full0" reject with icmpx admin-prohibited
  }
  chain postrouting {
    type nat hook postrouting priority srcnat; policy accept;
    ip saddr 192.0.2.0/24 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network full of _things_"
    ip saddr 192.0.2.0/24 oifname "eth1" meta l4proto { tcp, udp } snat ip to 198.51.100.8-198.51.100.11:2000-60000
    ip saddr 192.0.2.0/24 oifname "eth1" snat ip to 198.51.100.8-198.51.100.11
    ip6 saddr 2001:db8:1::/64 ip6 daddr ff00::/8 return comment "network full of _things_"
    ip6 saddr 2001:db8:1::/64 oifname "eth1" meta l4proto { tcp, udp } masquerade to :2000-60000
    ip6 saddr 2001:db8:1::/64 oifname "eth1" masquerade
    ip saddr 203.0.113.128/25 ip daddr { 224.0.0.0/24, 255.255.255.255 } return comment "network full of _things_"
    ip saddr 203.0.113.128/25 oifname "eth1" meta l4proto { tcp, udp } snat ip to 198.51.100.8-198.51.100.11:2000-60000
    ip saddr 203.0.113.128/25 oifname "eth1" snat ip to 198.51.100.8-198.51.100.11
  }
}
DOMUS
chmod 0600 '/run/domus/networks/full of "things"/rules.nft'

# all rules in one transaction
nft -f '/run/domus/networks/full of "things"/rules.nft'

# addresses for guests
mkdir -p -m 0755 '/run/domus/networks/full of "things"/hosts'

# names of guests
mkdir -p -m 0755 '/run/domus/networks/full of "things"/names'

# addresses of the definition
cat > '/run/domus/networks/full of "things"/hosts/definition' <<'DOMUS'
52:54:00:00:00:09,192.0.2.9,nine,infinite
ten,192.0.2.10
id:0:3:0:1:52:54:0:0:0:9,[2001:db8:1::9],nine
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/hosts/definition'

# addresses of web
cat > '/run/domus/networks/full of "things"/hosts/52-54-00-00-00-aa' <<'DOMUS'
52:54:00:00:00:aa,192.0.2.77,web
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/hosts/52-54-00-00-00-aa'

# names of the definition
cat > '/run/domus/networks/full of "things"/names/definition' <<'DOMUS'
192.0.2.9 printer lp
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/names/definition'

# names of web
cat > '/run/domus/networks/full of "things"/names/52-54-00-00-00-aa' <<'DOMUS'
192.0.2.77 web
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/names/52-54-00-00-00-aa'

# configuration of dnsmasq
cat > '/run/domus/networks/full of "things"/dnsmasq.conf' <<'DOMUS'
pid-file="/run/domus/networks/full of \"things\"/dnsmasq.pid"
user=dnsmasq
interface=full0
except-interface=lo
bind-dynamic
strict-order
domain=lab.example
expand-hosts
local=/lab.example/
hostsdir="/run/domus/networks/full of \"things\"/names"
domain-needed
local=//
server=/corp.example/203.0.113.1
server=/open.example/#
server=203.0.113.2
no-resolv
txt-record=note,hello
srv-host=_ldap._tcp.lab.example,dc.lab.example,389,1,5
srv-host=_ftp._tcp
local=/2.0.192.in-addr.arpa/
enable-tftp
tftp-root=/srv/tftp
dhcp-range=192.0.2.100,192.0.2.200,255.255.255.0,7200
dhcp-boot=pxe.0,,192.0.2.4
local=/0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa/
dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64
dhcp-option=option:mtu,1400
enable-ra
dhcp-no-override
dhcp-authoritative
dhcp-lease-max=1000
dhcp-hostsdir="/run/domus/networks/full of \"things\"/hosts"
dhcp-leasefile="/var/lib/domus/networks/full of \"things\"/leases"
cache-size=200
DOMUS
chmod 0644 '/run/domus/networks/full of "things"/dnsmasq.conf'

# DHCP and DNS (network.xml:25)
dnsmasq '--conf-file=/run/domus/networks/full of "things"/dnsmasq.conf'

# the host asks here
resolvectl dns full0 192.0.2.1

# for names of lab.example
resolvectl domain full0 '~lab.example'
