"""A real proxy on loopback stands between; what comes through it is gathered as elsewhere."""

import asyncio
import datetime
import ssl
from contextlib import asynccontextmanager

import httpx
import pytest

from app.providers.catalogue.address import custom_profile
from app.providers.transport import http
from app.providers.transport.http import Timeouts, open_client

WORDS = [b"data: word %d\n\n" % number for number in range(200)]
CHUNKS = b"".join(b"%x\r\n%b\r\n" % (len(word), word) for word in WORDS)
REPLY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    + CHUNKS
    + b"0\r\n\r\n"
)


@pytest.fixture
def proxied(monkeypatch):
    """Makes an address the system's proxy for everything."""

    def through(address):
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.lower(), raising=False)
        monkeypatch.setenv("HTTP_PROXY", address)
        monkeypatch.setenv("HTTPS_PROXY", address)

    return through


@asynccontextmanager
async def serving(talk):
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


async def pieces_from(base_url):
    """The pieces in which one reply reaches the program."""
    profile = custom_profile(base_url)
    async with open_client(profile, None, Timeouts(), None) as client:
        address = f"{profile.base_url}/chat/completions"
        async with client.stream("POST", address, content=b"{}") as response:
            return [piece async for piece in response.aiter_raw()]


async def test_words_through_a_proxy_come_in_few_pieces(proxied):
    heads = []

    async def proxy(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(REPLY)
        await writer.drain()
        writer.close()

    async with serving(proxy) as port:
        proxied(f"http://me:secret@127.0.0.1:{port}")
        pieces = await pieces_from("http://192.168.200.200:81/v1")
    assert heads[0].startswith(b"POST http://192.168.200.200:81/v1/chat/completions HTTP/1.1")
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in heads[0]
    assert b"".join(pieces) == b"".join(WORDS)
    assert len(pieces) < 10


async def test_an_encrypted_reply_through_a_tunnel_comes_in_few_pieces(
    proxied, monkeypatch, tmp_path
):
    certificate = _certificate(tmp_path, "provider.test")
    ours, theirs = (
        ssl.create_default_context(cafile=certificate),
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
    )
    theirs.load_cert_chain(certificate)
    heads = []

    async def proxy(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        await writer.start_tls(theirs)
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(REPLY)
        await writer.drain()
        writer.close()

    async with serving(proxy) as port:
        proxied(f"http://127.0.0.1:{port}")
        monkeypatch.setattr(http, "system_certificates", lambda: ours)
        pieces = await pieces_from("https://provider.test/v1")
    assert heads[0].startswith(b"CONNECT provider.test:443 HTTP/1.1")
    assert heads[1].startswith(b"POST /v1/chat/completions HTTP/1.1")
    assert b"".join(pieces) == b"".join(WORDS)
    assert len(pieces) < 10


async def test_a_proxy_that_refuses_is_told_from_a_provider_that_does(proxied):
    async def proxy(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with serving(proxy) as port:
        proxied(f"http://127.0.0.1:{port}")
        with pytest.raises(httpx.ProxyError):
            await pieces_from("https://provider.test/v1")


def _certificate(folder, host):
    """A file with a new key and a certificate for a host that vouches for itself."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
