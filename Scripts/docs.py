#!/usr/bin/env python3
"""Builds the documentation of all libraries with the toolchain's own docc, into .build/docs: docs.py [MODULE ...]

Each module becomes an archive, and all of them together one site. Sources and articles name a symbol as they do in Swift, by its own
name, whichever module it comes from: a link that leads to another module is made a link into that module's archive before docc reads it.
What docc warns about, such as a link that leads nowhere, is an error.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / ".build/docs"
SWIFT = os.environ.get("SWIFT", "swift")
# In this order, as a module's links lead to modules before it.
MODULES = {
    "SocketModel": [],
    "Layers": ["SocketModel"],
    "BackendPOSIX": ["SocketModel"],
    "BackendURing": ["SocketModel"],
    "BackendSim": ["SocketModel"],
    "Sockets": ["SocketModel", "Layers", "BackendPOSIX", "BackendURing", "BackendSim"],
    "SimulationTesting": ["SocketModel", "BackendSim", "Sockets"],
    "SocketsTLS": ["SocketModel", "Layers", "BackendSim", "Sockets"],
    "SocketsLogging": ["SocketModel", "Sockets"],
    "SocketsMetrics": ["SocketModel", "Sockets"],
    "SocketsServiceLifecycle": ["SocketModel", "Sockets"],
}
# C modules that the libraries import: with a map of ours, and with one that the build makes.
MAPPED = ["CURing", "COpenSSL"]
BUILT = ["CPOSIX", "CTask", "CConcurrency", "CTLS"]
LINK = re.compile(r"(?<!`)``([^`\s]+)``(?!`)")
# docc tells overloads apart by what follows.
DISAMBIGUATION = re.compile(r"-([a-z.]+|[0-9a-z]{3,8}|\(.*\)->.*)$")


def run(*command, **options):
    """Runs a program; what it prints is shown if it fails."""
    result = subprocess.run([str(part) for part in command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        sys.exit(f"{result.stdout}\n{command[0]} has failed")
    return result.stdout


def toolchain(tool):
    """A tool of the toolchain whose swift is used, else the one in PATH."""
    beside = Path(os.path.realpath(shutil.which(SWIFT) or SWIFT)).parent / tool
    found = str(beside) if beside.exists() else shutil.which(tool)
    return found or sys.exit(f"{tool} is missing: it comes with a Swift toolchain")


class Graphs:
    """The symbol graphs of one module, and which names are in them."""

    def __init__(self, module, products):
        self.module = module
        self.folder = OUT / "graphs" / module
        self.folder.mkdir(parents=True)
        arguments = ["-module-name", module, "-target", target(), "-output-dir", self.folder]
        arguments += ["-minimum-access-level", "public", "-skip-inherited-docs", "-skip-synthesized-members"]
        arguments += ["-emit-extension-block-symbols", "-I", products / "Modules"]
        for name in MAPPED:
            arguments += ["-Xcc", f"-fmodule-map-file={ROOT}/Sources/{name}/module.modulemap"]
        for name in BUILT:
            arguments += ["-I", ROOT / f"Sources/{name}/include"]
            arguments += ["-Xcc", f"-fmodule-map-file={products}/{name}.build/module.modulemap"]
        run(toolchain("swift-symbolgraph-extract"), *arguments)
        self.files = {file: json.loads(file.read_text()) for file in sorted(self.folder.glob("*.json"))}
        # Paths of what it declares, and of what it adds to other modules' types, with those modules.
        self.paths, self.extensions = set(), {}
        for file, graph in self.files.items():
            extended = file.name.removesuffix(".symbols.json").partition("@")[2]
            for symbol in graph["symbols"]:
                path = "/".join(symbol["pathComponents"])
                if extended:
                    self.extensions[path] = extended
                else:
                    self.paths.add(path)

    def symbols(self):
        return [symbol for graph in self.files.values() for symbol in graph["symbols"]]

    def write(self):
        for file, graph in self.files.items():
            file.write_text(json.dumps(graph))


def target():
    info = json.loads(run(SWIFT, "-print-target-info"))
    return info["target"]["unversionedTriple"]


def rewrite(text, module, graphs, place=()):
    """The text, which belongs to the symbol at a place in the module, with its links into other modules spelled as docc wants them."""
    return LINK.sub(lambda link: f"``{resolve(link.group(1), module, graphs, place)}``", text)


def resolve(link, module, graphs, place):
    if link.startswith("/") or link.split("/")[0] == module:
        return link
    others = [graphs[other] for other in MODULES[module]]
    # As seen from inside of each type around the place, then from outside of all.
    scopes = ["".join(f"{part}/" for part in place[:length]) for length in range(len(place), -1, -1)]
    plain = DISAMBIGUATION.sub("", link)
    first = plain.split("/")[0]
    for scope in scopes:
        if scope + first in graphs[module].paths:
            return link
    for scope in scopes:
        for other in others:
            if scope + plain in other.paths:
                return f"/{other.module}/{scope}{link}"
            if scope + plain in other.extensions:
                return f"/{other.module}/{other.extensions[scope + plain]}/{scope}{link}"
        if scope + plain in graphs[module].extensions:
            return f"{graphs[module].extensions[scope + plain]}/{scope}{link}"
    for other in others:
        if first == other.module:
            return f"/{link}"
        if first in other.paths:
            return f"/{other.module}/{link}"
    return link


def catalog(module, graphs):
    """A copy of the module's articles with links that docc can follow; nil when it has none."""
    source = ROOT / f"Sources/{module}/{module}.docc"
    if not source.exists():
        return None
    copy = OUT / "catalogs" / f"{module}.docc"
    shutil.copytree(source, copy)
    for file in copy.rglob("*.md"):
        file.write_text(rewrite(file.read_text(), module, graphs))
    return copy


def convert(module, graphs):
    """Makes the module's archive; what docc has to say about it."""
    for symbol in graphs[module].symbols():
        for line in symbol.get("docComment", {}).get("lines", []):
            line["text"] = rewrite(line["text"], module, graphs, symbol["pathComponents"])
    graphs[module].write()
    articles = catalog(module, graphs)
    found = OUT / f"{module}.json"
    command = [toolchain("docc"), "convert", *([articles] if articles else [])]
    command += ["--additional-symbol-graph-dir", graphs[module].folder, "--output-dir", OUT / f"{module}.doccarchive"]
    command += ["--fallback-display-name", module, "--fallback-bundle-identifier", f"swift-sockets.{module}"]
    command += ["--fallback-default-module-kind", "Library", "--enable-experimental-external-link-support"]
    # The blocking form and the awaited one share a page, to which the name they share leads.
    command += ["--enable-experimental-overloaded-symbol-presentation"]
    # A parameter is described where there is something to say about it.
    command += ["--disable-parameters-and-returns-validation", "--diagnostics-file", found]
    for other in MODULES[module]:
        command += ["--dependency", OUT / f"{other}.doccarchive"]
    subprocess.run([str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not found.exists() or not (OUT / f"{module}.doccarchive/data").exists():
        sys.exit(run(*command) + f"\nno archive of {module} has been made")
    diagnostics = json.loads(found.read_text())["diagnostics"]
    found.unlink()
    return [text(each, articles) for each in diagnostics if each["severity"] in ("warning", "error")]


def text(diagnostic, articles):
    """The diagnostic with the place in the sources that it is about."""
    file = (diagnostic.get("source") or "").removeprefix("file://").removesuffix("/")
    if articles and file.startswith(str(articles)):
        file = str(ROOT / "Sources" / articles.stem / articles.name) + file[len(str(articles)):]
    line = diagnostic.get("range", {}).get("start", {}).get("line", 0)
    return f"{file.removeprefix(str(ROOT) + '/')}:{line}: {diagnostic['summary']}"


def main():
    begun = time.monotonic()
    wanted = sys.argv[1:] or list(MODULES)
    for unknown in set(wanted) - set(MODULES):
        sys.exit(f"no library is called {unknown}: {', '.join(MODULES)}")
    wanted = [each for each in MODULES if any(each == one or each in MODULES[one] for one in wanted)]
    print("building the libraries with all traits", flush=True)
    # Those that no other builds with itself; not the tool, which a build for tests compiles in another way.
    for module in [each for each in wanted if not any(each in MODULES[other] for other in wanted)]:
        if subprocess.run([SWIFT, "build", "--enable-all-traits", "--target", module], cwd=ROOT).returncode != 0:
            sys.exit("the build has failed")
    products = Path(run(SWIFT, "build", "--enable-all-traits", "--show-bin-path").strip().splitlines()[-1])

    shutil.rmtree(OUT, ignore_errors=True)
    graphs, wrong = {}, []
    for number, module in enumerate(wanted, 1):
        print(f"[{number}/{len(wanted)}] {module}: ", end="", flush=True)
        graphs[module] = Graphs(module, products)
        found = convert(module, graphs)
        wrong += found
        print(f"{len(graphs[module].symbols())} symbols" + (f", {len(found)} warnings" if found else ""), flush=True)
    if wrong:
        print("\n".join(sorted(set(wrong))))
        sys.exit(f"{len(wrong)} warnings of docc, which are errors here")

    site = OUT / "swift-sockets.doccarchive"
    run(toolchain("docc"), "merge", *[OUT / f"{each}.doccarchive" for each in wanted],
        "--synthesized-landing-page-name", "swift-sockets", "--output-path", site)
    print(f"made in {time.monotonic() - begun:.0f} seconds: {site.relative_to(ROOT)}")
    print(f"to look at it: python3 -m http.server 8000 -d {site.relative_to(ROOT)}")
    print("and open http://localhost:8000/documentation/")


main()
