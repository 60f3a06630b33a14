internal import Layers
internal import SocketModel

// The awaited driver: each look-up, each attempt and each wait is a child task.
extension Network {
    /// What a child task of a race has to tell.
    private enum News: Sendable {
        case resolved(AddressFamily, Result<[AddressInfo], SocketError>)
        case ended(attempt: Int, SocketError?)
        case time
    }

    /// A socket connected to the first address that answers, of those that `lookup` finds for each of the families. No task and no socket is left
    /// behind.
    func race(
        _ families: [AddressFamily], _ type: SocketType, _ options: ConnectionRaceOptions,
        _ prepare: Network.Preparation?, until limit: NetworkInstant,
        _ lookup: @escaping @Sendable (AddressFamily) throws(SocketError) -> Lookup<[AddressInfo]>
    ) async throws(SocketError) -> Socket {
        let result = await withTaskGroup(of: News.self) { group in
            var race = Race(self, type, families: Set(families), options, prepare)
            var alarm = NetworkInstant.distantFuture
            for family in families {
                group.addTask {
                    do throws(SocketError) {
                        return .resolved(family, .success(try await self.know(lookup(family), until: limit)))
                    } catch {
                        return .resolved(family, .failure(error))
                    }
                }
            }
            while true {
                switch race.step() {
                case .over(let result):
                    group.cancelAll()
                    return result
                case .connect(let attempt, let runner):
                    group.addTask { .ended(attempt: attempt, await runner.run(until: limit)) }
                case .wait(let instant):
                    if instant < alarm {
                        alarm = instant
                        group.addTask {
                            try? await self.sleep(until: instant)
                            return .time
                        }
                    }
                    switch await group.next() {
                    case .resolved(let family, let answer): race.resolved(family, answer, sorted: false)
                    case .ended(let attempt, let error): race.ended(attempt, error)
                    case .time, nil: alarm = .distantFuture
                    }
                }
            }
        }
        return try result.get()
    }
}

extension Race.Runner {
    /// How connecting ends; nil when it succeeds.
    fileprivate func run(until limit: NetworkInstant) async -> SocketError? {
        do throws(SocketError) {
            _ = try unsafe await socket.executeAwaited(.connect(address), until: limit)
            return nil
        } catch {
            return error
        }
    }
}
