/// An event that a program of a host waits for, and that a crash of the host brings about at once.
class HostAlarm: Event {
    final let kernel: HostKernel

    init(_ kernel: HostKernel) { self.kernel = kernel }

    /// The host has crashed.
    func fail() {}
}
