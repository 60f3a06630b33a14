import Sockets
import TestSupport
import Testing

/// Several hosts, one test: the kernel's, which are network namespaces joined by a bridge or by a router, and simulated ones.
@Suite struct `Several hosts` {
    static let kernel = Backends.distinctKernel(.ownHosts)
    static let isSimulated = Backends.all.contains(.simulation)

    @Test(.enabled(if: isSimulated), arguments: HostMatter.allCases, Scene.Form.allCases)
    func `simulated ones`(matter: HostMatter, form: Scene.Form) async throws {
        try await Scene.simulated(form) { try await matter.run(on: $0) }
    }

    @Test(.needsKernelHosts, arguments: HostMatter.allCases, kernel)
    func `the kernel's`(matter: HostMatter, backend: TestBackend) async {
        await #expect(processExitsWith: .success) { [matter, backend] in
            for form in Scene.Form.allCases {
                try await Scene.onKernel(backend, form) { try await matter.run(on: $0) }
            }
        }
    }

    @Test(.needsKernelHosts, arguments: RouteMatter.allCases, kernel)
    func `routers and interfaces`(matter: RouteMatter, backend: TestBackend) async {
        await #expect(processExitsWith: .success) { [matter, backend] in
            for form in Scene.Form.allCases {
                try await Scene.onKernel(backend, form, matter.plan) { try await matter.run(on: $0) }
            }
        }
    }
}

/// As `Several hosts`, on a bad network.
@Suite struct `Several hosts, badly joined` {
    @Test(.enabled(if: `Several hosts`.isSimulated), arguments: Impairment.allCases, Scene.Form.allCases)
    func `simulated ones`(impairment: Impairment, form: Scene.Form) async throws {
        try await Scene.simulated(form, impairment.conditions) { try await impairment.run(on: $0) }
    }

    @Test(.needsDiscipline(Impairment.delay.discipline), arguments: Impairment.emulated, `Several hosts`.kernel)
    func `the kernel's, by its emulator`(impairment: Impairment, backend: TestBackend) async {
        await #expect(processExitsWith: .success) { [impairment, backend] in
            try await impairment.runOnKernel(backend)
        }
    }

    @Test(.needsDiscipline(Impairment.rate.discipline), arguments: `Several hosts`.kernel)
    func `the kernel's, on a slow way`(backend: TestBackend) async {
        await #expect(processExitsWith: .success) { [backend] in
            try await Impairment.rate.runOnKernel(backend)
        }
    }
}

extension Impairment {
    fileprivate func runOnKernel(_ backend: TestBackend) async throws {
        for form in Scene.Form.allCases {
            try await Scene.onKernel(backend, form) { hosts in
                for host in 0..<2 { try hosts.run("tc qdisc add dev eth0 root \(discipline)", on: host) }
            } _: {
                try await run(on: $0)
            }
        }
    }
}
