/// The table's interpreter in Python: a row a line, steps between slashes, one result a step.
let pythonScript = #"""
    import os, select, socket, sys, tempfile

    socket.setdefaulttimeout(None)
    FAMILY = {"inet": socket.AF_INET, "inet6": socket.AF_INET6, "unix": socket.AF_UNIX, "any": 0}
    TYPE = {"stream": socket.SOCK_STREAM, "dgram": socket.SOCK_DGRAM, "seqpacket": socket.SOCK_SEQPACKET, "any": 0}
    HOW = {"rd": 0, "wr": 1, "both": 2}

    def shown(a):
        if isinstance(a, tuple): return "ip " + a[0]
        if isinstance(a, bytes): return "abstract"
        if a is None: return "none"
        return "unix " + os.path.basename(a)

    class Row:
        def __init__(self, directory):
            self.s, self.names, self.dir = {}, {}, directory
        def text(self, word):
            return "" if word == "''" else word.replace("_", " ")
        def address(self, word):
            if word.startswith("@"): return self.names[word[1:]]
            if word.startswith("path:"): return os.path.join(self.dir, word[5:])
            host, _, port = word.rpartition(",")
            return (self.text(host), int(port))
        def data(self, word):
            if word.startswith("zeros:"): return bytes(int(word[6:]))
            return self.text(word).encode()
        def run(self, w):
            v = w[0]
            s = self.s.get(w[1]) if len(w) > 1 else None
            if v == "socket": self.s[w[1]] = socket.socket(FAMILY[w[2]], TYPE[w[3]], int(w[4]) if len(w) > 4 else 0)
            elif v == "pair": self.s[w[1]], self.s[w[2]] = socket.socketpair(FAMILY[w[3]], TYPE[w[4]])
            elif v == "vacant":
                x = socket.socket(FAMILY[w[2]], socket.SOCK_STREAM); x.bind(("127.0.0.1" if w[2] == "inet" else "::1", 0))
                self.names[w[1]] = x.getsockname(); x.close()
            elif v == "bind": s.bind(self.address(w[2])); self.names[w[1]] = s.getsockname()
            elif v == "listen": s.listen(int(w[2]) if len(w) > 2 else 5)
            elif v == "accept":
                c, a = s.accept(); self.s[w[2]] = c; return shown(a)
            elif v == "connect": s.connect(self.address(w[2]))
            elif v == "connect_ex": return "errno %d" % s.connect_ex(self.address(w[2]))
            elif v == "send": return "%d" % s.send(self.data(w[2]))
            elif v == "sendall": s.sendall(self.data(w[2]))
            elif v == "sendto": return "%d" % s.sendto(self.data(w[2]), self.address(w[3]))
            elif v == "sendmsg": return "%d" % s.sendmsg([self.data(x) for x in w[2:]])
            elif v == "recv": return "bytes " + s.recv(int(w[2])).decode()
            elif v == "peek": return "bytes " + s.recv(int(w[2]), socket.MSG_PEEK).decode()
            elif v == "recvfrom":
                d, a = s.recvfrom(int(w[2])); return "bytes %s from %s" % (d.decode(), shown(a))
            elif v == "recvmsg":
                d, c, f, a = s.recvmsg(int(w[2])); return "bytes %s flags %d" % (d.decode(), f & 0x28)
            elif v == "shutdown": s.shutdown(HOW[w[2]])
            elif v == "close": s.close()
            elif v == "nonblock": s.setblocking(False)
            elif v == "timeout": s.settimeout(int(w[2]) / 1000)
            elif v == "wait": select.select([s], [], [], 10)
            elif v == "local": return shown(s.getsockname())
            elif v == "peer": return shown(s.getpeername())
            elif v == "dup": self.s[w[2]] = s.dup()
            elif v == "get": return "%d" % s.getsockopt(int(w[2]), int(w[3]))
            elif v == "getbytes": return s.getsockopt(int(w[2]), int(w[3]), int(w[4])).hex()
            elif v == "set": s.setsockopt(int(w[2]), int(w[3]), int(w[4]))
            elif v == "setbytes": s.setsockopt(int(w[2]), int(w[3]), bytes.fromhex(w[4].replace("''", "")))
            elif v == "addresses":
                host, port = (None if x == "none" else self.text(x) for x in w[1:3])
                found = socket.getaddrinfo(host, port, FAMILY[w[3]], TYPE[w[4]], 0, int(w[5]) if len(w) > 5 else 0)
                return ", ".join("%d %d %d [%s] %s %s" % (f, t, p, c, a[0], a[1]) for f, t, p, c, a in found)
            elif v == "name": return " ".join(socket.getnameinfo(self.address(w[1]), int(w[2])))
            elif v == "host": return socket.gethostbyname(self.text(w[1]))
            elif v == "entry": n, l, a = socket.gethostbyname_ex(self.text(w[1])); return " ".join([n] + a)
            elif v == "byaddress": n, l, a = socket.gethostbyaddr(self.text(w[1])); return " ".join([n] + a)
            elif v == "fqdn": return socket.getfqdn(self.text(w[1]))
            elif v == "hostname": return socket.gethostname()
            elif v == "protocol": return "%d" % socket.getprotobyname(w[1])
            elif v == "port": return "%d" % socket.getservbyname(*w[1:])
            elif v == "service": return socket.getservbyport(int(w[1]), *w[2:])
            elif v == "interfaces": return " ".join("%d:%s" % x for x in socket.if_nameindex())
            elif v == "aton": return socket.inet_aton(self.text(w[1])).hex()
            elif v == "pton": return socket.inet_pton(FAMILY[w[1]], self.text(w[2])).hex()
            elif v == "ntop": return socket.inet_ntop(FAMILY[w[1]], bytes.fromhex(w[2]))
            else: raise SystemExit("no such step: " + v)
            return "ok"

    def outcome(row, words):
        try: return row.run(words)
        except socket.gaierror as e: return "gai %d" % e.errno
        except socket.herror as e: return "herror %d" % e.errno
        except TimeoutError as e: return "timeout" if e.errno is None else "errno %d" % e.errno
        except OSError as e: return "error" if e.errno is None else "errno %d" % e.errno
        except (OverflowError, ValueError, TypeError) as e: return type(e).__name__

    for line in open(sys.argv[1]):
        with tempfile.TemporaryDirectory() as directory:
            row = Row(directory)
            print(" | ".join(outcome(row, step.split()) for step in line.strip().split(" / ")))
            for s in row.s.values(): s.close()
    """#
