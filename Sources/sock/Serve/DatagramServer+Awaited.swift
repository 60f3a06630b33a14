import Sockets

extension DatagramServer {
    /// Answers datagrams in a task on each of the network's executors.
    ///
    /// Returns when the network has been closed.
    func run() async throws {
        try await withThrowingTaskGroup { group in
            for executor in try network.executors {
                group.addTask(executorPreference: executor) { try await answerAll() }
            }
            try await group.waitForAll()
        }
    }

    private func answerAll() async throws(SocketError) {
        var memory = [[UInt8](repeating: 0, count: Self.bufferSize)]
        while true {
            do throws(SocketError) {
                guard
                    let (count, message) = try await socket.receiveMessage(
                        into: &memory, controlCapacity: controlCapacity)
                else { continue }
                let number = tally.begin(received: count)
                if let answer = answer(to: message, memory[0][..<count], number) {
                    tally.add(sent: await send(answer))
                }
            } catch {
                if network.isClosed { return }
                if let pause = try recovery(from: error) { try? await network.sleep(for: pause) }
            }
        }
    }

    private func send(_ answer: Answer) async -> Int {
        do throws(SocketError) {
            return try await socket.sendMessage([answer.bytes], control: answer.control, to: answer.receiver)
        } catch {
            return failed(answer, error)
        }
    }
}
