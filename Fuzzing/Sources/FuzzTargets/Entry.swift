import Glibc

// What the C shim of libFuzzer calls: the environment's `FUZZ_TARGET` says which target runs.

private nonisolated(unsafe) var chosen: FuzzTarget?

@_cdecl("swift_sockets_fuzz_choose") func chooseTarget() {
    let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    unsafe chosen = FuzzTarget.all.first { $0.name == name }
    guard unsafe chosen == nil else { return }
    for target in FuzzTarget.all { print(target.name) }
    guard name != "list" else { exit(0) }
    complain("FUZZ_TARGET is \"\(name)\", which is none of these")
    exit(2)
}

@_cdecl("swift_sockets_fuzz_run") func runTarget(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
        try unsafe chosen?.run(input)
    } catch {
        complain("\(error)")
        abort()
    }
}

private func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
}
