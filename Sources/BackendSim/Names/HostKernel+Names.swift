internal import SocketModel
internal import SystemSockets

// Names, as the simulation's zone has them.
extension HostKernel {
    func startResolving(_ query: NameQuery, _ completion: @escaping @Sendable (Result<NameAnswer, Failure>) -> Void) {
        begin(query, completion)
    }

    func resolve(_ query: NameQuery) throws(Failure) -> NameAnswer {
        if query.mayWait, case .job = world.current { throw Failure(.blockingOnExecutor) }
        var result: Result<NameAnswer, Failure>?
        var waiting: Parking?
        begin(query) {
            result = $0
            waiting?.end()
        }
        if result == nil {
            _ = try Parking.wait(in: world, until: .distantFuture, query.operation, on: self) { waiting = $0 }
        }
        guard let result else { throw Failure(.hostCrashed) }
        return try result.get()
    }

    /// Has `completion` have the answer: at once, if nobody has to be asked for it.
    private func begin(_ query: NameQuery, _ completion: @escaping (Result<NameAnswer, Failure>) -> Void) {
        let complete = { [self] (result: Result<NameAnswer, Failure>) in
            world.hash.note(query, result, at: world.now, by: number)
            completion(result)
        }
        do throws(Failure) {
            switch try step(query) {
            case .known(let answer): complete(.success(answer))
            case .ask(let question, let read):
                ask(question, query) { found in
                    complete(Result { () throws(Failure) in try read(try found.get()) })
                }
            }
        } catch {
            complete(.failure(error))
        }
    }

    private func step(_ query: NameQuery) throws(Failure) -> NameStep {
        if isCrashed { throw failLate() }
        try query.refuseNUL()
        let local = LocalNames(hostName: name, addresses: addresses)
        switch query {
        case .addresses(let query):
            return try resolution { () throws(ResolutionError) in
                // `AI_ADDRCONFIG` leaves out no family: every host has addresses of both.
                let request = try AddressRequest(query, on: local, world.names.services) { local.sorted($0) }
                return try request.step()
            }
        case .name(let address, let flags):
            let address = try known(address)
            return try resolution { () throws(ResolutionError) in
                try NameRequest(address, flags, on: local, world.names.services).step()
            }
        default: return try olderStep(query)
        }
    }

    private func resolution(_ body: () throws(ResolutionError) -> NameStep) throws(Failure) -> NameStep {
        do throws(ResolutionError) {
            return try body()
        } catch {
            throw Failure(cause: .resolution(error))
        }
    }

    /// What is asked as it was before there was `getaddrinfo`, and what only this host is asked.
    private func olderStep(_ query: NameQuery) throws(Failure) -> NameStep {
        do throws(HostError) {
            switch query {
            case .hostByName(let name): return try HostRequest.step(named: name)
            case .hostByAddress(let address): return try HostRequest.step(at: address)
            default: break
            }
        } catch {
            throw Failure(cause: .host(error))
        }
        return .known(try local(query))
    }

    private func local(_ query: NameQuery) throws(Failure) -> NameAnswer {
        if let answer = try world.names.services.answer(query) { return answer }
        switch query {
        case .interfaceIndex(let name):
            guard let index = HostAddresses.interfaceIndex(of: name) else {
                throw Failure(errno: .operationNotSupportedByDevice)
            }
            return .number(Int(index))
        case .interfaceName(let index):
            guard let name = HostAddresses.interfaceName(at: index) else {
                throw Failure(errno: .noSuchAddressOrDevice)
            }
            return .text(name)
        case .interfaces: return .interfaces(HostAddresses.interfaces)
        default: return .text(name)
        }
    }

    /// An address whose zone is a number, as C has it.
    private func known(_ address: SocketAddress) throws(Failure) -> SocketAddress {
        do throws(Errno) {
            return try scoped(address)
        } catch {
            throw Failure(errno: error)
        }
    }
}

// MARK: Asking

extension HostKernel {
    /// Has `completion` have what the simulation's names say when the answer has come; a crash ends that.
    private func ask(
        _ question: NameQuestion, _ query: NameQuery,
        _ completion: @escaping (Result<Result<FoundName, HostError>, Failure>) -> Void
    ) {
        let local = LocalNames(hostName: name, addresses: addresses)
        if let found = local.find(question) { return completion(.success(.success(found))) }
        world.names.learn(world.hosts)
        if local.know(question) { return completion(.success(answer(question))) }
        let course = world.names.course(of: question, from: number, under: faults.names, world)
        let lookup = PendingLookup(query, self) { [self] failure in
            if let failure { return completion(.failure(failure)) }
            completion(.success(course.failure.map { .failure(HostError($0)) } ?? answer(question)))
        }
        lookups.insert(lookup)
        world.schedule(lookup, after: course.delay)
    }

    private func answer(_ question: NameQuestion) -> Result<FoundName, HostError> {
        world.names.learn(world.hosts)
        return Result { () throws(HostError) in try world.names.answer(question) }
    }
}
