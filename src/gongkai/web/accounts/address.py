"""From which address a request comes, as far as it can be believed."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from gongkai.web.settings import declared

_NETWORK = 64


def client_address(request: HttpRequest) -> str:
    """Return the address of whoever asks; of IPv6 the network, because one connection has as many addresses as it likes.

    Behind `GONGKAI_PROXIES` proxies the address is the one that the outermost of them saw; what a client writes into
    the header itself stands further left and is never read.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies = declared.number("GONGKAI_PROXIES")
    if not proxies:
        return _network(direct)
    seen = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    return _network(seen[-proxies] if len(seen) >= proxies else direct)


def _network(written: str) -> str:
    try:
        address = ip_address(written)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _NETWORK), strict=False))
    return str(address)
