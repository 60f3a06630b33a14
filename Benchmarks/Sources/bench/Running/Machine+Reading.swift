import Foundation
import Reporting

extension Machine {
    /// This machine, as far as it tells.
    static func read() -> Machine {
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withFullDate]
        let facts: [Fact?] = [
            Fact("CPU", cpu),
            Fact("cores", "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) online\(virtualised ? ", virtual" : "")"),
            Fact("governor", governor), Fact("kernel", kernel), fact("system", systemName),
            fact("Swift", line(["swift", "--version"], containing: "Swift version")),
            fact("C compiler", line(["cc", "--version"])),
            fact("liburing", line(["pkg-config", "--modversion", "liburing"])),
            fact("libuv", line(["pkg-config", "--modversion", "libuv"])), fact("Go", line(["go", "version"])),
            fact("cargo", line(["cargo", "--version"])),
        ]
        return Machine(date: format.string(from: Date()), facts: facts.compactMap(\.self))
    }

    /// Whether the kernel charges interrupts' work to nobody: then what a packet's arrival costs is in no process's CPU time.
    static var interruptsAreApart: Bool {
        text("/boot/config-\(release)").contains("CONFIG_IRQ_TIME_ACCOUNTING=y")
    }

    private static func fact(_ name: String, _ value: String?) -> Fact? { value.map { Fact(name, $0) } }

    private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }

    private static func field(_ name: String, in text: String, separator: Character) -> String? {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: separator, maxSplits: 1)
            if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
                return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
            }
        }
        return nil
    }

    private static var cpu: String {
        let text = text("/proc/cpuinfo")
        let name = field("model name", in: text, separator: ":") ?? "unknown"
        guard let family = field("cpu family", in: text, separator: ":"),
            let model = field("model", in: text, separator: ":")
        else { return name }
        return "\(name) (family \(family), model \(model))"
    }

    private static var virtualised: Bool { text("/proc/cpuinfo").contains(" hypervisor") }

    private static var governor: String {
        let text = text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").trimmingCharacters(
            in: .whitespacesAndNewlines)
        return text.isEmpty ? "none to be seen" : text
    }

    private static var release: String {
        text("/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static var kernel: String {
        "Linux \(release)\(interruptsAreApart ? "; interrupts are charged to nobody" : "")"
    }

    private static var systemName: String? { field("PRETTY_NAME", in: text("/etc/os-release"), separator: "=") }

    private static func line(_ words: [String], containing part: String = "") -> String? {
        guard Child.isInstalled(words[0]), let text = try? Child.output(of: words) else { return nil }
        return text.split(separator: "\n").first { $0.contains(part) }.map(String.init)
    }
}
