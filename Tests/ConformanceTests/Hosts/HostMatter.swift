import Sockets
import TestSupport

/// Something that hosts do with one another, on the kernel's and on simulated ones alike.
enum HostMatter: String, CaseIterable, Codable, Sendable {
    case echo, bulk, halfClose, reset, refusal, mappedAddresses
    case datagrams, largeDatagrams, wholeDatagrams, refusedDatagrams, multicast, multicastIPv6, broadcast
    case noRoute, vacantAddresses, silence, recovery, racing

    func run(on scene: Scene) async throws {
        switch self {
        case .echo: try await scene.echo()
        case .bulk: try await scene.bulk()
        case .halfClose: try await scene.halfClose()
        case .reset: try await scene.reset()
        case .refusal: try await scene.refusal()
        case .mappedAddresses: try await scene.mappedAddresses()
        case .datagrams: try await scene.datagrams()
        case .largeDatagrams: try await scene.largeDatagrams()
        case .wholeDatagrams: try await scene.wholeDatagrams()
        case .refusedDatagrams: try await scene.refusedDatagrams()
        case .multicast: try await scene.multicast()
        case .multicastIPv6: try await scene.multicastIPv6()
        case .broadcast: try await scene.broadcast()
        case .noRoute: try await scene.noRoute()
        case .vacantAddresses: try await scene.vacantAddresses()
        case .silence: try await scene.silence()
        case .recovery: try await scene.recovery()
        case .racing: try await scene.racing()
        }
    }
}

/// Both families that hosts have addresses of.
let bothFamilies: [AddressFamily] = [.ipv4, .ipv6]
