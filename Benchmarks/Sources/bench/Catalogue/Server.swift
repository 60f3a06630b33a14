import Reporting

/// A way to serve that can be measured.
struct Server {
    let info: ServerInfo
    let program: Program
    /// What comes after HOST and PORT for each service; what is not there the server does not do.
    let services: [Service: [String]]
    let environment: [String: String]
    /// How many it is good for at a time: systems do not allow any number of threads.
    let mostConnections: Int

    init(
        _ name: String, _ title: String, _ family: ServerInfo.Family, _ program: Program,
        _ services: [Service: [String]],
        environment: [String: String] = [:], mostConnections: Int = .max
    ) {
        info = ServerInfo(name: name, title: title, family: family)
        self.program = program
        self.services = services
        self.environment = environment
        self.mostConnections = mostConnections
    }

    /// Whoever echoes plays ping-pong; some do that alone.
    private func words(for service: Service) -> [String]? {
        services[service] ?? (service == .pingPong ? services[.echo] : nil)
    }

    func offers(_ service: Service) -> Bool { words(for: service) != nil }

    /// The command line for a service; nil when the server does not do it. `CHUNK` stands for a number of bytes.
    func words(_ executable: String, _ load: Load, host: String, port: Int) -> [String]? {
        words(for: load.service).map { words in
            [executable, host, String(port)] + words.map { $0 == "CHUNK" ? String(load.chunk) : $0 }
        }
    }
}
